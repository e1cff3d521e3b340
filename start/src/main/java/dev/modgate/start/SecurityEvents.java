package dev.modgate.start;

import dev.modgate.pipeline.event.DeferReason;
import dev.modgate.pipeline.event.EventJson;
import dev.modgate.pipeline.event.ModuleDeferred;
import dev.modgate.pipeline.event.ModuleEvent;
import dev.modgate.pipeline.event.ModuleFetched;
import dev.modgate.pipeline.event.ModulePublished;
import dev.modgate.pipeline.event.ModuleRejected;
import dev.modgate.pipeline.event.ModuleRequested;
import dev.modgate.pipeline.event.ModuleVerified;
import dev.modgate.pipeline.event.RejectReason;
import dev.modgate.pipeline.stage.DependencyDownException;
import dev.modgate.pipeline.stage.NotNowException;
import dev.modgate.pipeline.stage.StageWork;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Counts what a stage refuses because somebody may have changed bytes, as
/// `modgate.security.events`, tagged `stage` and `kind`, a reason such as `published-differs`.
/// Wrong bytes of one upstream count also where another one may have the right ones.
///
/// **When to worry:** at the first one. Each says that bytes are not what a go.sum, a checksum or
/// the zone store holds them to be, or (`bad-signature`) that a record came which no pinned
/// verifier signed: somebody else writes to the topic, or a key was changed on one side only. The
/// log has the sentence, `modgate show MODULE@VERSION` the evidence. Every kind is there from the
/// start with 0, so an alert on any increase needs no special case. An event that is delivered
/// twice counts twice.
public final class SecurityEvents<E extends ModuleEvent> implements StageWork<E> {
  private final StageWork<E> work;
  private final Map<RejectReason, Counter> counters = new EnumMap<>(RejectReason.class);

  /// @param registry such as Micrometer's global one, which an actuator or an exporter reads
  public SecurityEvents(StageWork<E> work, String stage, MeterRegistry registry) {
    this.work = work;
    for (RejectReason reason : RejectReason.values()) {
      if (reason.isSecurity()) {
        counters.put(
            reason,
            Counter.builder("modgate.security.events")
                .description("refusals because somebody may have changed bytes")
                .tag("stage", stage)
                .tag("kind", EventJson.wireName(reason))
                .register(registry));
      }
    }
  }

  @Override
  public List<ModuleEvent> process(E event)
      throws NotNowException, DependencyDownException, InterruptedException {
    List<ModuleEvent> results = work.process(event);
    for (ModuleEvent result : results) {
      refused(result)
          .flatMap(reason -> Optional.ofNullable(counters.get(reason)))
          .ifPresent(Counter::increment);
    }
    return results;
  }

  /// What this result refuses: of all refusals that a deferral names, the newest is the stage's.
  private static Optional<RejectReason> refused(ModuleEvent result) {
    return switch (result) {
      case ModuleRejected rejected -> Optional.of(rejected.reason());
      case ModuleDeferred deferred
          when deferred.reason() == DeferReason.WRONG_BYTES && !deferred.refusals().isEmpty() ->
          Optional.of(deferred.refusals().getLast().reason());
      case ModuleRequested _,
          ModuleFetched _,
          ModuleVerified _,
          ModulePublished _,
          ModuleDeferred _ ->
          Optional.empty();
    };
  }

  @Override
  public List<ModuleEvent> deferred(E event, DeferReason reason, String sentence) {
    return work.deferred(event, reason, sentence);
  }

  @Override
  public long weight(E event) {
    return work.weight(event);
  }
}
