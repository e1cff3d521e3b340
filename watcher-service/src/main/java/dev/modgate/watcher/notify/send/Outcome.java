package dev.modgate.watcher.notify.send;

import java.time.Instant;

/// What became of a message. Sentences name the receiver's host and what it said; never a secret,
/// nor a URL that is one.
public sealed interface Outcome {
  record Delivered() implements Outcome {}

  /// A later try may help.
  ///
  /// @param notBefore as the receiver wishes
  record NotNow(String sentence, Instant notBefore) implements Outcome {}

  /// It was understood and not taken: somebody has to change something, here or there.
  record Refused(String sentence) implements Outcome {}

  /// The receiver wants nothing any more.
  record Gone(String sentence) implements Outcome {}
}
