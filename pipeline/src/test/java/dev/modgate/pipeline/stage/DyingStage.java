package dev.modgate.pipeline.stage;

import dev.modgate.pipeline.event.DeferReason;
import dev.modgate.pipeline.event.ModuleEvent;
import dev.modgate.pipeline.event.ModuleRequested;
import dev.modgate.pipeline.event.StageName;
import java.util.List;
import java.util.Map;

/// A process whose memory is gone as soon as it works.
final class DyingStage implements StageWork<ModuleRequested> {
  private DyingStage() {}

  public static void main(String[] args) {
    new Stage<>(
            StageName.FETCH,
            args[1] + "fetcher",
            ModuleRequested.class,
            new DyingStage(),
            new KafkaSettings(args[0], args[1], Map.of()),
            StageSettings.defaults(),
            List::of)
        .start();
  }

  @Override
  public List<ModuleEvent> process(ModuleRequested event) {
    throw new OutOfMemoryError("Java heap space");
  }

  @Override
  public List<ModuleEvent> deferred(ModuleRequested event, DeferReason reason, String sentence) {
    return List.of();
  }
}
