package dev.modgate.watcher.notify;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Notifications as the API shows them.
///
/// @param recent messages, the newest first
record NotificationsView(List<ChannelView> channels, List<MessageView> recent) {

  /// @param receiver its host, or where its URL is; never the URL
  /// @param state `ok`, `failing` or `gone` (the receiver wants nothing any more)
  /// @param waiting events that are not sent yet
  /// @param sent events
  /// @param givenUp events
  /// @param nextTry of a channel that fails
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record ChannelView(
      String name,
      String kind,
      String receiver,
      String language,
      List<String> events,
      List<String> sources,
      List<String> owners,
      String state,
      long waiting,
      long sent,
      long givenUp,
      @Nullable Instant lastSuccess,
      @Nullable String lastError,
      @Nullable Instant lastErrorAt,
      @Nullable Instant nextTry) {}

  /// @param state `open`, `sent` or `given-up`
  /// @param attempts that failed
  /// @param sentence of the last failure
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record MessageView(
      String id,
      String channel,
      String state,
      int events,
      Instant createdAt,
      int attempts,
      @Nullable Instant settledAt,
      @Nullable String sentence) {}

  /// @param ok whether the receiver took it
  record TestView(String channel, boolean ok, String sentence) {}
}
