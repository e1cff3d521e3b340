package dev.modgate.watcher.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.modgate.watcher.database.OnEachDatabase;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

class DatabaseLookTest extends OnEachDatabase {
  private final Clock now = Clock.systemUTC();
  private long letters;

  @Test
  void aDatabaseThatAnswersIsWell() {
    assertThat(look(now).database().sentence()).startsWith("answers in ");
    assertThat(look(now).database().isOk()).isTrue();
  }

  @Test
  void aClockThatDiffersIsAProblem() {
    Finding finding = look(Clock.offset(now, Duration.ofMinutes(-2))).database();

    assertThat(finding.isOk()).isFalse();
    assertThat(finding.sentence()).matches("its clock is 1[0-9]{2} s ahead of the watcher's");
  }

  @Test
  void requestsThatWaitLongAreAProblemUnlessAStagePauses() {
    assertThat(look(now).requests(false))
        .isEqualTo(Finding.ok("requests", "0 to send, 0 wait for an answer"));
    request("a", null);
    request("b", Instant.now().minus(Duration.ofMinutes(90)));

    Finding finding = look(now).requests(false);

    assertThat(finding.sentence())
        .matches("1 to send, 1 wait for an answer, the oldest for (89|90|91) min");
    assertThat(finding.isOk()).isFalse();
    assertThat(look(now).requests(true).isOk()).isTrue();
  }

  @Test
  void openDeadLettersAreAProblem() {
    assertThat(look(now).deadLetters()).isEqualTo(Finding.ok("dead letters", "none is open"));

    letters = 3;

    assertThat(look(now).deadLetters().sentence()).isEqualTo("3 open");
    assertThat(look(now).deadLetters().isOk()).isFalse();
  }

  @Test
  void aDatabaseThatIsAwayIsAProblem() {
    var nowhere =
        new DriverManagerDataSource("jdbc:postgresql://127.0.0.1:9/none?connectTimeout=2");
    var look = new DatabaseLook(new JdbcTemplate(nowhere), () -> 0, now);

    assertThat(look.database().sentence()).startsWith("can't be asked: ");
    assertThat(look.requests(false).isOk()).isFalse();
  }

  private void request(String id, @Nullable Instant sentAt) {
    watcher.jdbc.update(
        "insert into outbox (priority, request_id, attempt, path, payload, sent_at) values"
            + " (0, ?, 1, 'p', '{}', ?)",
        id,
        sentAt == null ? null : sentAt.atOffset(ZoneOffset.UTC));
  }

  private DatabaseLook look(Clock clock) {
    return new DatabaseLook(watcher.jdbc, () -> letters, clock);
  }
}
