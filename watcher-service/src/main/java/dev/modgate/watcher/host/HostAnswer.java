package dev.modgate.watcher.host;

import java.time.Instant;
import tools.jackson.databind.JsonNode;

/// What became of a request to a host's API. Sentences name the host and what it answered, and
/// never hold a token.
public sealed interface HostAnswer {
  /// @param json missing where the host had nothing to say
  /// @param more false where the host says that this was the last page; true also where it says
  ///   nothing
  record Done(JsonNode json, boolean more) implements HostAnswer {}

  /// It will not be done until somebody changes something: a token, a right, a setting.
  ///
  /// @param status of HTTP
  record Refused(int status, String sentence) implements HostAnswer {}

  /// A later try may help.
  ///
  /// @param notBefore as the host wishes
  record NotNow(String sentence, Instant notBefore) implements HostAnswer {}

  /// It was not asked: it failed just now, or too much is asked of it at once.
  record NotAsked(String sentence, Instant notBefore) implements HostAnswer {}
}
