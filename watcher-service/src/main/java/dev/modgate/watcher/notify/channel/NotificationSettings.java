package dev.modgate.watcher.notify.channel;

import dev.modgate.start.Check;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// `modgate.watcher.notifications.*`; each key is explained in `watcher.yml`.
///
/// @param gather how long events wait for others of their channel
/// @param mostNamed events in one message; of more, chats are told how many there are
/// @param giveUpAfter how long one is tried
public record NotificationSettings(
    @DefaultValue("30s") Duration gather,
    @DefaultValue("20") int mostNamed,
    @DefaultValue("3d") Duration giveUpAfter,
    @DefaultValue("15s") Duration timeout,
    @DefaultValue Map<String, ChannelDeclaration> channels) {
  private static final int MOST_CHANNELS = 100;

  public NotificationSettings {
    channels = Map.copyOf(channels);
  }

  /// Adds what is impossible.
  ///
  /// @param check of the section that `notifications` is in
  public Check check(Check check) {
    check
        .time("notifications.gather", gather, Duration.ZERO, Duration.ofHours(1))
        .number("notifications.most-named", mostNamed, 1, 50)
        .time("notifications.give-up-after", giveUpAfter, Duration.ofHours(1), Duration.ofDays(14))
        .time("notifications.timeout", timeout, Duration.ofSeconds(1), Duration.ofSeconds(30))
        .that(
            channels.size() <= MOST_CHANNELS,
            "notifications.channels",
            "are " + channels.size() + ", want at most " + MOST_CHANNELS);
    channels.forEach((name, declared) -> new ChannelReader(name, declared, check).read());
    return check;
  }

  /// In the order of their names.
  public List<Channel> parsed() {
    var check = new Check("modgate.watcher");
    return channels.entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .flatMap(
            entry -> new ChannelReader(entry.getKey(), entry.getValue(), check).read().stream())
        .toList();
  }
}
