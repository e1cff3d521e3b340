package dev.modgate.pipeline.stage;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// The bounds of one stage.
///
/// @param maxItems in flight at once, at least 1
/// @param maxBytes in flight at once by [StageWork#weight]; one heavier item runs alone
/// @param drain how long [Stage#close] waits for what is in flight before it cancels
/// @param instanceId names this instance across restarts, for static membership and for its status;
///   null where instances come and go by an autoscaler
/// @param inPlace how often an item is tried before it is deferred
/// @param breaker when a burst of dead letters pauses the stage
/// @param statusEvery how often the status is published when nothing changes
public record StageSettings(
    int maxItems,
    long maxBytes,
    Duration drain,
    @Nullable String instanceId,
    RetryPolicy inPlace,
    DeadLetterBreaker.Policy breaker,
    Duration statusEvery) {
  public StageSettings {
    if (maxItems < 1 || maxBytes < 1) {
      throw new IllegalArgumentException(
          "a stage needs at least 1 item and 1 byte in flight, not "
              + maxItems
              + " items and "
              + maxBytes
              + " bytes");
    }
    if (drain.isNegative() || !statusEvery.isPositive()) {
      throw new IllegalArgumentException(
          "a stage cannot drain for " + drain + " and tell its status every " + statusEvery);
    }
  }

  /// 32 items, 1 GiB, 30 s to drain, no instance id, status every 5 s.
  public static StageSettings defaults() {
    return new StageSettings(
        32,
        1L << 30,
        Duration.ofSeconds(30),
        null,
        RetryPolicy.defaults(),
        DeadLetterBreaker.Policy.defaults(),
        Duration.ofSeconds(5));
  }

  /// The configured instance id, else host and process: enough to tell two apart.
  public String instance() {
    String id = instanceId;
    if (id != null) {
      return id;
    }
    String host;
    try {
      host = InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      host = "localhost";
    }
    return host + "-" + ProcessHandle.current().pid();
  }

  public StageSettings withMaxItems(int items) {
    return new StageSettings(items, maxBytes, drain, instanceId, inPlace, breaker, statusEvery);
  }

  public StageSettings withMaxBytes(long bytes) {
    return new StageSettings(maxItems, bytes, drain, instanceId, inPlace, breaker, statusEvery);
  }

  public StageSettings withDrain(Duration time) {
    return new StageSettings(maxItems, maxBytes, time, instanceId, inPlace, breaker, statusEvery);
  }

  public StageSettings withInstanceId(@Nullable String id) {
    return new StageSettings(maxItems, maxBytes, drain, id, inPlace, breaker, statusEvery);
  }

  public StageSettings withInPlace(RetryPolicy policy) {
    return new StageSettings(maxItems, maxBytes, drain, instanceId, policy, breaker, statusEvery);
  }

  public StageSettings withBreaker(DeadLetterBreaker.Policy policy) {
    return new StageSettings(maxItems, maxBytes, drain, instanceId, inPlace, policy, statusEvery);
  }

  public StageSettings withStatusEvery(Duration time) {
    return new StageSettings(maxItems, maxBytes, drain, instanceId, inPlace, breaker, time);
  }
}
