package dev.modgate.start;

import dev.modgate.pipeline.stage.StageSettings;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.util.unit.DataSize;

/// The keys that every service with a stage has in its section; [Check#stage] has their bounds.
public interface StageBounds {
  /// Module versions worked on at once.
  int maxItems();

  /// Bytes of module files worked on at once; one larger version runs alone.
  DataSize maxBytes();

  /// How long a stop waits for work in flight.
  Duration drain();

  /// Names this instance across restarts; null where instances come and go.
  @Nullable String instanceId();

  default StageSettings stage() {
    return StageSettings.defaults()
        .withMaxItems(maxItems())
        .withMaxBytes(maxBytes().toBytes())
        .withDrain(drain())
        .withInstanceId(instanceId());
  }
}
