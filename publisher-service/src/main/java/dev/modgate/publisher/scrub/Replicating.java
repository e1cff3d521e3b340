package dev.modgate.publisher.scrub;

import dev.modgate.pipeline.event.DeferReason;
import dev.modgate.pipeline.event.ModuleEvent;
import dev.modgate.pipeline.event.ModulePublished;
import dev.modgate.pipeline.event.ModuleVerified;
import dev.modgate.pipeline.stage.DependencyDownException;
import dev.modgate.pipeline.stage.NotNowException;
import dev.modgate.pipeline.stage.StageWork;
import java.util.List;

/// Tells of each publication.
record Replicating(StageWork<ModuleVerified> work, Runnable published)
    implements StageWork<ModuleVerified> {
  @Override
  public List<ModuleEvent> process(ModuleVerified event)
      throws NotNowException, DependencyDownException, InterruptedException {
    List<ModuleEvent> results = work.process(event);
    if (results.stream().anyMatch(ModulePublished.class::isInstance)) {
      published.run();
    }
    return results;
  }

  @Override
  public List<ModuleEvent> deferred(ModuleVerified event, DeferReason reason, String sentence) {
    return work.deferred(event, reason, sentence);
  }

  @Override
  public long weight(ModuleVerified event) {
    return work.weight(event);
  }
}
