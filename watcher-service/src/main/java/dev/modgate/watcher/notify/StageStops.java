package dev.modgate.watcher.notify;

import dev.modgate.pipeline.event.EventJson;
import dev.modgate.pipeline.stage.StageStatus;
import dev.modgate.pipeline.store.Sha256;
import dev.modgate.watcher.happening.Happening;
import dev.modgate.watcher.happening.Happenings;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HexFormat;
import java.util.function.Supplier;

/// Notices that a stage stopped because a checksum database forked or went back, by what its
/// instances say of their pauses. All instances, and all watchers, make one happening of it; one
/// more for each day (UTC) that it lasts.
final class StageStops {
  /// As the verifier says it. A status has no field for it.
  static final String STOPPED = " stopped everything: ";

  private static final Duration SILENT = Duration.ofSeconds(60);

  private final Supplier<Collection<StageStatus>> statuses;
  private final Happenings happenings;
  private final Clock clock;

  StageStops(Supplier<Collection<StageStatus>> statuses, Happenings happenings, Clock clock) {
    this.statuses = statuses;
    this.happenings = happenings;
    this.clock = clock;
  }

  void look() {
    Instant now = clock.instant();
    for (StageStatus status : statuses.get()) {
      if (status.at().isAfter(now.minus(SILENT))) {
        status.pauses().stream()
            .filter(pause -> pause.reason().contains(STOPPED))
            .forEach(pause -> note(status, pause.reason(), now));
      }
    }
  }

  private void note(StageStatus status, String reason, Instant now) {
    byte[] hash = Sha256.newDigest().digest(reason.getBytes(StandardCharsets.UTF_8));
    String sameAs =
        "stopped "
            + EventJson.wireName(status.stage())
            + " "
            + now.atOffset(ZoneOffset.UTC).toLocalDate()
            + " "
            + HexFormat.of().formatHex(hash);
    happenings.once(new Happening.StageStopped(status.stage(), reason), sameAs, now);
  }
}
