package dev.modgate.watcher.notify;

import dev.modgate.watcher.happening.Happening;
import dev.modgate.watcher.host.NetworkWaits;
import dev.modgate.watcher.notify.channel.Channel;
import dev.modgate.watcher.notify.channel.ChannelKind;
import dev.modgate.watcher.notify.message.Composer;
import dev.modgate.watcher.notify.message.Concerned;
import dev.modgate.watcher.notify.message.Message;
import dev.modgate.watcher.notify.message.Told;
import dev.modgate.watcher.notify.send.Outcome;
import dev.modgate.watcher.notify.send.Senders;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.transaction.support.TransactionTemplate;

/// Sends the messages of channels, one after another, and notes what became of them. For many
/// threads. Who is killed in between sends the same message once more.
final class Delivery {
  private static final Logger LOG = LoggerFactory.getLogger(Delivery.class);

  /// Events of a message to people; more make the next one.
  private static final int MOST_GATHERED = 1_000;

  /// A chat that refused a message so often gets it without a word of anybody else's.
  private static final int REFUSED_UNTIL_BRIEF = 3;

  private final ChannelRows channels;
  private final MessageQueue queue;
  private final TransactionTemplate transaction;
  private final Sending sending;
  private final Clock clock;
  private final NetworkWaits network = new NetworkWaits();

  /// How it is sent.
  ///
  /// @param site what links begin with where the channel does not say
  record Sending(Senders senders, Waits waits, int mostNamed, URI site) {}

  Delivery(
      ChannelRows channels,
      MessageQueue queue,
      TransactionTemplate transaction,
      Sending sending,
      Clock clock) {
    this.channels = channels;
    this.queue = queue;
    this.transaction = transaction;
    this.sending = sending;
    this.clock = clock;
  }

  boolean isDue(Channel channel) {
    return queue.isDue(channel.name());
  }

  /// Sends one message, where it is the channel's turn.
  ///
  /// @return whether more may be sent at once
  boolean deliver(Channel channel) throws InterruptedException {
    Optional<ChannelRows.Lease> lease = channels.lease(channel.name());
    if (lease.isEmpty()) {
      return false;
    }
    try {
      Optional<MessageQueue.Open> open = queue.next(channel.name(), mostEvents(channel));
      return open.isPresent() && deliver(channel, lease.get(), open.get());
    } finally {
      channels.release(lease.get());
    }
  }

  private int mostEvents(Channel channel) {
    return channel.receiver().kind() == ChannelKind.WEBHOOK ? sending.mostNamed() : MOST_GATHERED;
  }

  private boolean deliver(Channel channel, ChannelRows.Lease lease, MessageQueue.Open open)
      throws InterruptedException {
    if (lease.gone()) {
      waitForGone(channel, open);
      return false;
    }
    List<Told> events = queue.events(open.id());
    if (events.isEmpty()) {
      queue.givenUp(open.id(), "nothing of it can be read");
      return true;
    }
    boolean brief = open.refused() >= REFUSED_UNTIL_BRIEF;
    var message = new Message(open.id(), open.newest(), events, composer(channel), brief);
    Outcome outcome = send(channel, message);
    Waits.Next next =
        sending
            .waits()
            .after(
                outcome,
                lease.failures(),
                open.newest(),
                channel.receiver().kind().gap(),
                clock.instant());
    transaction.executeWithoutResult(_ -> note(channel, open, next));
    return next instanceof Waits.Next.Sent;
  }

  /// What breaks over a message is no reason to try it every second.
  private Outcome send(Channel channel, Message message) throws InterruptedException {
    try {
      return network.call(() -> sending.senders().send(channel, message));
    } catch (RuntimeException e) {
      LOG.error("a message to channel {} can't be sent", channel.name(), e);
      return new Outcome.Refused("can't be sent: " + e.getClass().getSimpleName());
    }
  }

  private void note(Channel channel, MessageQueue.Open open, Waits.Next next) {
    switch (next) {
      case Waits.Next.Sent(var notBefore) -> {
        queue.sent(open.id());
        channels.sent(channel.name(), open.events(), notBefore);
      }
      case Waits.Next.Again(var notBefore, var sentence, var refused) -> {
        queue.failed(open.id(), sentence, refused);
        channels.failed(channel.name(), sentence, notBefore);
      }
      case Waits.Next.GivenUp(var notBefore, var sentence) -> {
        queue.givenUp(open.id(), sentence);
        channels.failed(channel.name(), sentence, notBefore);
        channels.gaveUp(channel.name(), open.events());
      }
      case Waits.Next.Gone(var notBefore, var sentence) -> {
        queue.failed(open.id(), sentence, true);
        channels.failed(channel.name(), sentence, notBefore);
        channels.gone(channel.name());
      }
    }
  }

  private void waitForGone(Channel channel, MessageQueue.Open open) {
    Instant now = clock.instant();
    transaction.executeWithoutResult(_ -> {
      if (sending.waits().isTooOld(open.newest(), now)) {
        queue.givenUp(open.id(), "given up: the receiver wants nothing any more");
        channels.gaveUp(channel.name(), open.events());
      }
      channels.later(channel.name(), now.plus(Waits.LOOK_AT_GONE));
    });
  }

  /// What became of a test.
  sealed interface Tried {
    record Asked(Outcome outcome) implements Tried {}

    /// The channel was used just now.
    record Busy() implements Tried {}
  }

  /// Sends a test message at once, past all that waits. One that is taken ends a back-off, and
  /// opens a channel again whose receiver wanted nothing any more.
  Tried test(Channel channel) throws InterruptedException {
    ChannelKind kind = channel.receiver().kind();
    channels.settle(channel.name());
    if (!channels.takeTurn(channel.name(), kind.gap())) {
      return new Tried.Busy();
    }
    Instant now = clock.instant();
    var message =
        new Message(
            "msg_" + UUID.randomUUID().toString().replace("-", ""),
            now,
            List.of(new Told(now, new Happening.Trial(), Concerned.NOBODY)),
            composer(channel),
            false);
    Outcome outcome = send(channel, message);
    if (outcome instanceof Outcome.Delivered) {
      channels.sent(channel.name(), 0, clock.instant().plus(kind.gap()));
    }
    return new Tried.Asked(outcome);
  }

  private Composer composer(Channel channel) {
    return new Composer(
        channel.language(), sending.mostNamed(), channel.linkBase().orElse(sending.site()));
  }

  /// Ends what waits for the network; it is sent again by whoever comes next.
  void stop() {
    network.stop();
  }
}
