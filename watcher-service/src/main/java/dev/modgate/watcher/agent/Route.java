package dev.modgate.watcher.agent;

import java.io.IOException;

/// How a want list comes to the watcher.
interface Route {

  /// The same list more than once is no change.
  ///
  /// @throws IOException when it did not get through; a later try may help
  Delivery deliver(long number, byte[] list) throws IOException, InterruptedException;

  sealed interface Delivery {
    /// @param sentence for people
    record Sent(String sentence) implements Delivery {}

    /// Nothing helps but another commit.
    record Refused(String sentence) implements Delivery {}

    /// Another list of the same lines may be taken, once somebody has set the watcher right.
    record NotYet(String sentence) implements Delivery {}
  }
}
