package dev.modgate.watcher.intake;

import static dev.modgate.watcher.wantlist.TestAgent.list;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.modgate.watcher.database.OnEachDatabase;
import dev.modgate.watcher.wantlist.TestAgent;
import java.io.ByteArrayInputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AgentControllerTest extends OnEachDatabase {
  @TempDir Path folder;

  private AgentController controller;

  @BeforeEach
  void assemble() {
    controller = controller(IntakeParts.agents(folder, folder));
  }

  private AgentController controller(Agents agents) {
    var intake = new IntakeParts(watcher);
    return new AgentController(
        agents, intake.lists, intake.statuses, TestAgent.WATCHER, watcher.clock);
  }

  private int send(String list) throws Exception {
    return controller.take(new ByteArrayInputStream(list.getBytes(UTF_8))).getStatusCode().value();
  }

  @Test
  void aFloodOfWhatNobodyKnownSignedIsBoundedAndHidesNoRefusal() throws Exception {
    send(list(1, "unknown"));
    for (int i = 0; i < 1_000; i++) {
      assertThat(send("x".repeat(i + 1))).isEqualTo(422);
    }
    assertThat(watcher.count("want_list_refused where agent is null")).isEqualTo(22);

    for (int minute = 0; minute < 6; minute++) {
      watcher.clock.advance(Duration.ofMinutes(1));
      for (int i = 0; i < 30; i++) {
        send("x".repeat(i + 1));
      }
    }

    assertThat(watcher.count("want_list_refused where agent is null")).isEqualTo(100);
    assertThat(watcher.count("want_list_refused where agent = 'inner-1'")).isEqualTo(1);
  }

  @Test
  void whatSomebodyCanSetRightIsAConflict() throws Exception {
    assertThat(send(list(1, "unknown"))).isEqualTo(409);
    assertThat(send(list(2, "of-another-agent"))).isEqualTo(409);
    assertThat(send(list(3, "payments", TestAgent.NOW.minus(Duration.ofDays(31))))).isEqualTo(409);
    assertThat(send(list(4, "payments").replace("inner-1", "inner-9"))).isEqualTo(409);
    assertThat(send(list(5, "payments").replace("number 5", "number 6"))).isEqualTo(422);
    assertThat(send(list(7, "payments"))).isEqualTo(202);
  }

  @Test
  void whereNoAgentIsNamedThereIsNothing() throws Exception {
    controller = controller(new Agents(new TreeMap<>()));

    assertThat(send(list(1, "payments"))).isEqualTo(404);
    assertThat(controller.statuses(new ByteArrayInputStream(new byte[0])).getStatusCode().value())
        .isEqualTo(404);
    assertThat(watcher.count("want_list_refused")).isZero();
  }
}
