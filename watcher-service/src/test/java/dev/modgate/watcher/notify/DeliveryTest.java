package dev.modgate.watcher.notify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.modgate.pipeline.event.RejectReason;
import dev.modgate.watcher.database.Answers;
import dev.modgate.watcher.database.Crashes;
import dev.modgate.watcher.database.OnEachDatabase;
import dev.modgate.watcher.notify.channel.Channel;
import dev.modgate.watcher.notify.send.FakeReceiver;
import dev.modgate.watcher.notify.send.FakeReceiver.Mood;
import dev.modgate.watcher.notify.send.Outcome;
import dev.modgate.watcher.notify.send.Service;
import dev.modgate.watcher.notify.send.TestReceivers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class DeliveryTest extends OnEachDatabase {
  @TempDir Path folder;
  private FakeReceiver receiver;
  private Channel channel;
  private NotifyParts parts;

  @BeforeEach
  void start() throws Exception {
    receiver =
        FakeReceiver.start(
            new Service.StandardWebhooks(List.of(TestReceivers.WEBHOOK_SECRET)), watcher.clock);
    channel = TestReceivers.channel("ops", receiver, folder);
    parts = new NotifyParts(watcher, List.of(channel), Map.of());
  }

  @AfterEach
  void stop() {
    parts.close();
    receiver.close();
  }

  @Test
  void eventsGatherForAWhile() throws Exception {
    refuse("example.com/a", RejectReason.BAD_ZIP);
    parts.pass();
    watcher.clock.advance(Duration.ofSeconds(20));
    refuse("example.com/b", RejectReason.BAD_ZIP);
    parts.pass();
    assertThat(receiver.taken()).isEmpty();
    assertThat(parts.view("ops").waiting()).isEqualTo(4);

    watcher.clock.advance(Duration.ofSeconds(10));
    parts.pass();

    assertThat(types())
        .containsExactly(List.of("module.refused", "sync.failed", "module.refused", "sync.failed"));
    assertThat(parts.view("ops").sent()).isEqualTo(4);
  }

  @Test
  void aSecurityEventWaitsForNobody() throws Exception {
    refuse("example.com/a", RejectReason.BAD_ZIP);
    refuse("example.com/b", RejectReason.SUMDB_MISMATCH);

    parts.pass();

    assertThat(receiver.taken()).hasSize(1);
    assertThat(types().getFirst()).hasSize(4);
    assertThat(event(0, 2).path("security").asBoolean(false)).isTrue();
    assertThat(event(0, 0).path("security").asBoolean(true)).isFalse();
  }

  @Test
  void theIdStaysTheSameOverAllTriesAndTheTimeDoesNot() throws Exception {
    refuse("example.com/a", RejectReason.SUMDB_MISMATCH);
    receiver.be(new Mood.Says(500, ""));
    parts.pass();
    String id = parts.recent().getFirst().id();
    assertThat(parts.recent().getFirst().attempts()).isEqualTo(1);

    receiver.be(new Mood.Well());
    parts.passFor(Duration.ofSeconds(6), Duration.ofSeconds(1));

    assertThat(receiver.faults()).isEmpty();
    assertThat(receiver.taken().getFirst().headers().getFirst("webhook-id")).isEqualTo(id);
    assertThat(receiver.taken().getFirst().headers().getFirst("webhook-timestamp"))
        .isEqualTo(Long.toString(watcher.clock.instant().getEpochSecond() - 1));
    assertThat(parts.recent().getFirst().state()).isEqualTo("sent");
  }

  @Test
  void whoIsKilledBeforeItIsNotedSendsTheSameOnceMore() throws Exception {
    refuse("example.com/a", RejectReason.SUMDB_MISMATCH);
    parts.route();
    parts.queue.next("ops", 20);
    watcher.crashes.loseNextCommit();

    assertThatThrownBy(() -> parts.delivery.deliver(channel))
        .isInstanceOf(Crashes.CrashException.class);
    parts.pass();

    assertThat(receiver.taken()).hasSize(2);
    assertThat(receiver.taken().get(0).body()).isEqualTo(receiver.taken().get(1).body());
    assertThat(receiver.taken())
        .extracting(request -> request.headers().getFirst("webhook-id"))
        .containsOnly(parts.recent().getFirst().id());
  }

  @Test
  void whileOneSendsNoOtherDoes() throws Exception {
    refuse("example.com/a", RejectReason.SUMDB_MISMATCH);
    parts.route();
    ChannelRows.Lease lease = parts.rows.lease("ops").orElseThrow();

    assertThat(parts.delivery.deliver(channel)).isFalse();
    assertThat(receiver.taken()).isEmpty();

    parts.rows.release(lease);
    parts.pass();
    assertThat(receiver.taken()).hasSize(1);
  }

  @Test
  void theLeaseOfOneThatWasKilledRunsOut() throws Exception {
    refuse("example.com/a", RejectReason.SUMDB_MISMATCH);
    parts.route();
    assertThat(parts.rows.lease("ops")).isPresent();

    watcher.clock.advance(ChannelRows.LEASE);
    parts.pass();

    assertThat(receiver.taken()).hasSize(1);
  }

  @Test
  void twoWatchersRouteEachEventOnce() throws Exception {
    refuse("example.com/a", RejectReason.SUMDB_MISMATCH);
    var another = watcher.another();
    try (var others = new NotifyParts(another, List.of(channel), Map.of())) {
      parts.route();
      others.route();
      parts.pass();
      others.pass();
    }

    assertThat(types()).containsExactly(List.of("module.refused", "sync.failed"));
  }

  @Test
  void aWebhookHearsOfEveryEventThoughTheyAreMany() throws Exception {
    for (int i = 0; i < 15; i++) {
      refuse("example.com/m" + i, RejectReason.BAD_ZIP);
    }

    parts.passFor(Duration.ofMinutes(1), Duration.ofSeconds(30));

    assertThat(types()).extracting(List::size).containsExactly(20, 10);
  }

  @Test
  void whatTheReceiverNeverTakesIsGivenUpAndCounted() throws Exception {
    receiver.be(new Mood.Says(500, ""));
    refuse("example.com/a", RejectReason.SUMDB_MISMATCH);

    parts.pass();
    parts.passFor(NotifyParts.GIVE_UP.plusHours(4), Duration.ofHours(4));

    NotificationsView.ChannelView view = parts.view("ops");
    assertThat(view.givenUp()).isEqualTo(2);
    assertThat(view.waiting()).isZero();
    assertThat(view.lastError()).startsWith("given up: 127.0.0.1:").endsWith(" answered 500");
    assertThat(parts.recent().getFirst().state()).isEqualTo("given-up");
    receiver.be(new Mood.Well());
    refuse("example.com/b", RejectReason.SUMDB_MISMATCH);
    parts.passFor(Duration.ofMinutes(11), Duration.ofMinutes(1));
    assertThat(receiver.taken()).hasSize(1);
  }

  @Test
  void aReceiverThatIsGoneHearsNothingUntilATestIsTaken() throws Exception {
    receiver.be(new Mood.Says(410, ""));
    refuse("example.com/a", RejectReason.SUMDB_MISMATCH);
    parts.pass();
    assertThat(parts.view("ops").state()).isEqualTo("gone");
    receiver.be(new Mood.Well());
    parts.passFor(Duration.ofHours(5), Duration.ofMinutes(30));
    assertThat(receiver.taken()).isEmpty();

    assertThat(parts.delivery.test(channel))
        .isEqualTo(new Delivery.Tried.Asked(new Outcome.Delivered()));
    parts.pass();

    assertThat(types()).containsExactly(List.of("test"), List.of("module.refused", "sync.failed"));
    assertThat(parts.view("ops").state()).isEqualTo("ok");
  }

  @Test
  void aTestSaysWhatIsWrong() throws Exception {
    receiver.be(new Mood.Says(403, "not you"));

    assertThat(parts.delivery.test(channel))
        .isEqualTo(
            new Delivery.Tried.Asked(
                new Outcome.Refused(receiver.url().getAuthority() + " answered 403: \"not you\"")));
  }

  private void refuse(String path, RejectReason reason) {
    watcher.syncByName("of " + path, path + "@v1.0.0");
    watcher.answer(Answers.rejected(watcher.request(), reason));
  }

  private JsonNode event(int message, int event) {
    return receiver.taken().get(message).json().path("data").path("events").path(event);
  }

  private List<List<String>> types() {
    return receiver.taken().stream()
        .map(request -> request.json().path("data").path("events").findValuesAsString("type"))
        .toList();
  }
}
