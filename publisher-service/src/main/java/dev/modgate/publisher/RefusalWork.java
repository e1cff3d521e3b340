package dev.modgate.publisher;

import dev.modgate.pipeline.event.DeferReason;
import dev.modgate.pipeline.event.ModuleEvent;
import dev.modgate.pipeline.event.ModuleRejected;
import dev.modgate.pipeline.event.RejectReason;
import dev.modgate.pipeline.stage.DependencyDownException;
import dev.modgate.pipeline.stage.NotNowException;
import dev.modgate.pipeline.stage.StageWork;
import dev.modgate.pipeline.store.ObjectStore;
import dev.modgate.pipeline.store.UnusableObjectException;
import java.io.IOException;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Notes beside the modules why a version was refused, for the gateway. Sends nothing.
public final class RefusalWork implements StageWork<ModuleRejected> {
  private static final Logger log = LoggerFactory.getLogger(RefusalWork.class);

  private final RefusalNotes notes;

  public RefusalWork(ObjectStore zone) {
    this.notes = new RefusalNotes(zone);
  }

  @Override
  public List<ModuleEvent> process(ModuleRejected event)
      throws NotNowException, DependencyDownException, InterruptedException {
    if (event.reason() == RejectReason.BAD_SIGNATURE) {
      return List.of(); // of a record, which anybody may have written, not of the module
    }
    try {
      notes.keep(event);
      return List.of();
    } catch (UnusableObjectException e) {
      log.warn("{}: no note of its refusal: {}", event.module(), e.getMessage());
      throw NotNowException.tryMuchLater(
          DeferReason.STORE_FAILED, event.module() + ": " + e.getMessage());
    } catch (IOException e) {
      if (Thread.interrupted()) { // a channel closes under a thread that is interrupted
        throw (InterruptedException) new InterruptedException().initCause(e);
      }
      throw new DependencyDownException(
          "the zone store fails: " + e.getMessage(), PublishWork.STORE_PAUSE);
    }
  }

  /// Nothing: the watcher has the rejection already, and a note is not waited for.
  @Override
  public List<ModuleEvent> deferred(ModuleRejected event, DeferReason reason, String sentence) {
    return List.of();
  }
}
