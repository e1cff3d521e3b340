package dev.modgate.watcher.notify;

import static org.assertj.core.api.Assertions.assertThat;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import dev.modgate.pipeline.event.ModuleRequested;
import dev.modgate.pipeline.event.RejectReason;
import dev.modgate.watcher.database.Answers;
import dev.modgate.watcher.database.OnEachDatabase;
import dev.modgate.watcher.happening.EventKind;
import dev.modgate.watcher.notify.channel.Channel;
import dev.modgate.watcher.notify.channel.ChannelKind;
import dev.modgate.watcher.notify.channel.Language;
import dev.modgate.watcher.notify.channel.Receiver;
import dev.modgate.watcher.notify.send.FakeReceiver;
import dev.modgate.watcher.notify.send.FakeReceiver.Mood;
import dev.modgate.watcher.notify.send.Service;
import dev.modgate.watcher.notify.send.TestReceivers;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A receiver that is down for an hour loses nothing.
class OutageTest extends OnEachDatabase {
  private static final int REFUSED = 12;

  @TempDir Path folder;

  @Test
  void whoRefusesConnectionsForAnHourLosesNothing() throws Exception {
    anHourOf(FakeReceiver::refuse, FakeReceiver::listen);
  }

  @Test
  void whoIsOverloadedForAnHourLosesNothing() throws Exception {
    anHourOf(r -> r.be(new Mood.Says(503, "overloaded")), r -> r.be(new Mood.Well()));
  }

  @Test
  void whoRefusesWithItsOwnCodeForAnHourLosesNothing() throws Exception {
    var code = new Mood.Says(200, "{\"errcode\":310000,\"code\":19021,\"errmsg\":\"sign\"}");
    var notFound = new Mood.Says(404, "no");
    anHourOf(
        r -> r.be(r.kind() == ChannelKind.WEBHOOK ? notFound : code), r -> r.be(new Mood.Well()));
  }

  @Test
  void aMailServerThatIsAwayForAnHourLosesNothing() throws Exception {
    var setup = new ServerSetup(freePort(), "127.0.0.1", ServerSetup.PROTOCOL_SMTP);
    Channel channel = mail(setup.getPort());
    try (var parts = new NotifyParts(watcher, List.of(channel), Map.of())) {
      for (int i = 0; i < REFUSED; i++) {
        refuse("example.com/m" + i);
        parts.passFor(Duration.ofMinutes(5), Duration.ofMinutes(1));
      }
      assertThat(parts.view("mail").state()).isEqualTo("failing");
      var server = new GreenMail(setup);
      server.start();
      try {
        parts.passFor(Duration.ofMinutes(30), Duration.ofMinutes(1));

        assertThat(server.getReceivedMessages()).hasSize(2);
        assertThat(server.getReceivedMessages()[1].getSubject())
            .isEqualTo("Modgate: 11 syncs failed, 11 modules refused");
        assertThat(parts.view("mail").sent()).isEqualTo(2 * REFUSED);
      } finally {
        server.stop();
      }
    }
  }

  private static Channel mail(int port) {
    return new Channel(
        "mail",
        new Receiver.Mail(
            "127.0.0.1",
            port,
            Receiver.Tls.NONE,
            Optional.empty(),
            Optional.empty(),
            "modgate@example.com",
            List.of("ops@example.com")),
        Language.EN,
        EnumSet.allOf(EventKind.class),
        new Channel.Route(List.of(), List.of()),
        Optional.empty());
  }

  private static int freePort() throws Exception {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private interface Turn {
    void of(FakeReceiver receiver) throws Exception;
  }

  private void anHourOf(Turn down, Turn up) throws Exception {
    List<FakeReceiver> receivers = new ArrayList<>();
    List<Channel> channels = new ArrayList<>();
    for (Service service : TestReceivers.services()) {
      FakeReceiver receiver = FakeReceiver.start(service, watcher.clock);
      receivers.add(receiver);
      channels.add(TestReceivers.channel(service.kind().wireName(), receiver, folder));
    }
    try (var parts = new NotifyParts(watcher, channels, Map.of())) {
      for (FakeReceiver receiver : receivers) {
        down.of(receiver);
      }
      for (int i = 0; i < REFUSED; i++) {
        refuse("example.com/m" + i);
        parts.passFor(Duration.ofMinutes(5), Duration.ofMinutes(1));
      }
      assertThat(receivers).allSatisfy(receiver -> assertThat(receiver.taken()).isEmpty());
      assertThat(parts.view("slack").state()).isEqualTo("failing");
      for (FakeReceiver receiver : receivers) {
        up.of(receiver);
      }

      parts.passFor(Duration.ofHours(3), Duration.ofMinutes(1));

      assertThat(receivers).allSatisfy(OutageTest::toldEveryModuleOnceInOrder);
      assertThat(channels)
          .allSatisfy(channel -> {
            NotificationsView.ChannelView view = parts.view(channel.name());
            assertThat(view.state()).isEqualTo("ok");
            assertThat(view.waiting()).isZero();
            assertThat(view.givenUp()).isZero();
            assertThat(view.sent()).isEqualTo(2 * REFUSED); // each refusal ends a sync
          });
    } finally {
      receivers.forEach(FakeReceiver::close);
    }
  }

  private void refuse(String path) {
    watcher.syncByName("of " + path, path + "@v1.0.0");
    ModuleRequested request = watcher.request();
    watcher.answer(Answers.rejected(request, RejectReason.BAD_ZIP));
  }

  private static void toldEveryModuleOnceInOrder(FakeReceiver receiver) {
    assertThat(receiver.faults()).isEmpty();
    if (receiver.kind() == ChannelKind.WEBHOOK) {
      var modules = new ArrayList<String>();
      receiver
          .taken()
          .forEach(request ->
              request
                  .json()
                  .path("data")
                  .path("events")
                  .forEach(event -> {
                    if (event.path("type").asString("").equals("module.refused")) {
                      modules.add(event.path("module").asString(""));
                    }
                  }));
      assertThat(modules).hasSize(REFUSED).doesNotHaveDuplicates();
      assertThat(modules.getFirst()).isEqualTo("example.com/m0@v1.0.0");
      assertThat(modules.getLast()).isEqualTo("example.com/m" + (REFUSED - 1) + "@v1.0.0");
    } else {
      int others = REFUSED - 1; // these came while the first was tried
      assertThat(receiver.taken()).hasSize(2);
      assertThat(receiver.taken().getLast().body())
          .contains("Modgate: " + others + " syncs failed, " + others + " modules refused");
    }
  }
}
