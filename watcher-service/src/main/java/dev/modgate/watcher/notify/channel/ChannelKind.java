package dev.modgate.watcher.notify.channel;

import java.time.Duration;
import java.util.Locale;

/// What a channel's receiver is. The gap keeps it below the rate that its service documents, for
/// any minute or second.
public enum ChannelKind {
  /// A program that takes Standard Webhooks.
  WEBHOOK(Duration.ZERO),
  /// An incoming webhook of Slack, or of what takes the same. One message a second.
  SLACK(Duration.ofMillis(1_100)),
  /// A group robot. 20 messages a minute, and none for ten minutes where it is more.
  DINGTALK(Duration.ofMillis(3_200)),
  /// A group robot. 100 messages a minute and 5 a second.
  FEISHU(Duration.ofMillis(700)),
  /// A group robot. 20 messages a minute.
  WECOM(Duration.ofMillis(3_200)),
  /// By SMTP.
  EMAIL(Duration.ofSeconds(1));

  private final Duration gap;

  ChannelKind(Duration gap) {
    this.gap = gap;
  }

  /// Least time from one message to the next.
  public Duration gap() {
    return gap;
  }

  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }
}
