package dev.modgate.watcher.notify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.modgate.pipeline.event.RejectReason;
import dev.modgate.watcher.database.Answers;
import dev.modgate.watcher.database.OnEachDatabase;
import dev.modgate.watcher.notify.channel.Channel;
import dev.modgate.watcher.notify.send.FakeReceiver;
import dev.modgate.watcher.notify.send.FakeReceiver.Mood;
import dev.modgate.watcher.notify.send.Service;
import dev.modgate.watcher.notify.send.TestReceivers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChatDeliveryTest extends OnEachDatabase {
  @TempDir Path folder;

  @Test
  void manyEventsAreOneMessageThatNamesSomeAndCountsAll() throws Exception {
    try (var receiver = FakeReceiver.start(new Service.Slack(), watcher.clock);
        var parts = parts(receiver)) {
      for (int i = 0; i < 15; i++) {
        refuse("example.com/m" + i, RejectReason.BAD_ZIP);
      }

      parts.passFor(Duration.ofMinutes(1), Duration.ofSeconds(30));

      assertThat(receiver.taken()).hasSize(1);
      assertThat(
              receiver
                  .taken()
                  .getFirst()
                  .json()
                  .path("blocks")
                  .path(0)
                  .path("text")
                  .path("text")
                  .asString(""))
          .isEqualTo("Modgate: 15 syncs failed, 15 modules refused");
      assertThat(receiver.taken().getFirst().body()).contains("… and 1");
      assertThat(parts.view("ops").sent()).isEqualTo(30);
    }
  }

  @Test
  void aRobotIsNotSentMoreThanItTakesInAMinute() throws Exception {
    var service = new Service.WeComRobot(new Service.Rate());
    try (var receiver = FakeReceiver.start(service, watcher.clock);
        var parts = parts(receiver)) {
      for (int i = 0; i < 80; i++) {
        refuse("example.com/m" + i, RejectReason.SUMDB_MISMATCH);
        parts.passFor(Duration.ofMillis(500), Duration.ofMillis(500));
      }
      parts.passFor(Duration.ofMinutes(1), Duration.ofSeconds(1));

      assertThat(receiver.faults()).isEmpty();
      assertThat(receiver.taken().size()).isBetween(10, 20);
      assertThat(parts.view("ops").sent()).isEqualTo(160);
    }
  }

  @Test
  void whatIsRefusedThreeTimesGoesWithoutTextOfOthers() throws Exception {
    try (var receiver = FakeReceiver.start(new Service.Slack(), watcher.clock);
        var parts = parts(receiver)) {
      receiver.be(new Mood.Says(400, "invalid_blocks"));
      refuse("example.com/poison", RejectReason.SUMDB_MISMATCH);
      parts.pass();
      parts.passFor(Duration.ofMinutes(16), Duration.ofMinutes(1));
      assertThat(parts.recent().getFirst().attempts()).isEqualTo(3);

      receiver.be(new Mood.Well());
      parts.passFor(Duration.ofMinutes(30), Duration.ofMinutes(1));

      assertThat(receiver.taken()).hasSize(1);
      assertThat(receiver.taken().getFirst().body())
          .doesNotContain("poison")
          .contains("Modgate: 1 security event, 1 sync failed");
    }
  }

  private NotifyParts parts(FakeReceiver receiver) throws Exception {
    Channel channel = TestReceivers.channel("ops", receiver, folder);
    return new NotifyParts(watcher, List.of(channel), Map.of());
  }

  private void refuse(String path, RejectReason reason) {
    watcher.syncByName("of " + path, path + "@v1.0.0");
    watcher.answer(Answers.rejected(watcher.request(), reason));
  }
}
