package dev.modgate.watcher.notify;

import dev.modgate.watcher.database.WatcherParts;
import dev.modgate.watcher.notify.channel.Channel;
import dev.modgate.watcher.notify.send.Senders;
import dev.modgate.watcher.source.GitUrl;
import dev.modgate.watcher.source.HostKind;
import dev.modgate.watcher.source.Repository;
import dev.modgate.watcher.source.Source;
import dev.modgate.watcher.source.Sources;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// The parts of the notifications, put together as the service does it, one pass at a time.
final class NotifyParts implements AutoCloseable {
  static final Duration GATHER = Duration.ofSeconds(30);
  static final Duration GIVE_UP = Duration.ofDays(3);
  static final int MOST_NAMED = 20;

  final ChannelRows rows;
  final MessageQueue queue;
  final Delivery delivery;
  private final WatcherParts watcher;
  private final List<Channel> channels;
  private final Router router;
  private final Senders senders;

  NotifyParts(WatcherParts watcher, List<Channel> channels, Map<String, String> owners) {
    this.watcher = watcher;
    this.channels = channels;
    this.rows = new ChannelRows(watcher.jdbc, watcher.clock);
    this.queue = new MessageQueue(watcher.jdbc, watcher.transaction, watcher.clock);
    this.senders = new Senders(Duration.ofMillis(500), watcher.clock);
    this.delivery =
        new Delivery(
            rows,
            queue,
            watcher.transaction,
            new Delivery.Sending(
                senders,
                new Waits(GIVE_UP, () -> 0L),
                MOST_NAMED,
                URI.create("https://modgate.example.com")),
            watcher.clock);
    this.router =
        new Router(
            watcher.jdbc, watcher.transaction, owned(owners), channels, GATHER, watcher.clock);
    channels.forEach(channel -> rows.settle(channel.name()));
  }

  private static Sources owned(Map<String, String> owners) {
    var all = new TreeMap<String, Source>();
    owners.forEach((name, owner) -> all.put(name, source(name, owner)));
    return new Sources() {
      @Override
      public List<Source> all() {
        return List.copyOf(all.values());
      }

      @Override
      public Optional<Source> find(String name) {
        return Optional.ofNullable(all.get(name));
      }

      @Override
      public List<Repository> repositories(Source source) {
        return List.of();
      }
    };
  }

  private static Source source(String name, String owner) {
    Optional<java.nio.file.Path> none = Optional.empty();
    return new Source(
        name,
        new Source.Place.Single(GitUrl.parse("https://git.example.com/" + name + ".git")),
        HostKind.GENERIC,
        new Source.Access(Optional.empty(), none, none, Optional.empty(), Optional.empty(), none),
        new Source.Webhook(List.of(), "x", "x"),
        new Source.Selection(List.of(), List.of(), List.of(), Source.Depth.BUILD, false),
        Duration.ofMinutes(5),
        new Source.About(Map.of(), owner));
  }

  void route() {
    while (router.routeSome()) {
      // more may wait
    }
  }

  /// As the worker does each second.
  void pass() throws InterruptedException {
    route();
    for (Channel channel : channels) {
      while (delivery.isDue(channel) && delivery.deliver(channel)) {
        // more may wait
      }
    }
  }

  /// Passes for so long of the clock.
  void passFor(Duration time, Duration step) throws InterruptedException {
    for (Duration past = Duration.ZERO; past.compareTo(time) < 0; past = past.plus(step)) {
      watcher.clock.advance(step);
      pass();
    }
  }

  NotificationsView.ChannelView view(String channel) {
    return new NotificationViews(watcher.jdbc, channels)
        .all(10).channels().stream()
            .filter(one -> one.name().equals(channel))
            .findFirst()
            .orElseThrow();
  }

  List<NotificationsView.MessageView> recent() {
    return new NotificationViews(watcher.jdbc, channels).all(100).recent();
  }

  @Override
  public void close() {
    senders.close();
  }
}
