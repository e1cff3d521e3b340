package dev.modgate.pipeline.stage;

import dev.modgate.pipeline.event.DeferReason;
import dev.modgate.pipeline.event.ModuleEvent;
import java.util.List;

/// What a stage does with one event. Runs on a virtual thread of its own, beside others; may be
/// interrupted when the partition is taken away or the process stops; may see the same event again
/// at any time, so every effect is idempotent.
public interface StageWork<E extends ModuleEvent> {

  /// Does the work and returns what is to be sent. The offset moves on only when all of it is
  /// acknowledged.
  ///
  /// @throws NotNowException when another try may help; tried again in place a few times, then
  ///   [#deferred]
  /// @throws DependencyDownException when nothing can be done for any item until something else
  ///   works again; the stage pauses and this item is tried again afterwards
  List<ModuleEvent> process(E event)
      throws NotNowException, DependencyDownException, InterruptedException;

  /// What to send when the tries in place are used up.
  List<ModuleEvent> deferred(E event, DeferReason reason, String sentence);

  /// Bytes that the event may hold in flight, for the bound on bytes. 0 where it does not matter.
  default long weight(E event) {
    return 0;
  }
}
