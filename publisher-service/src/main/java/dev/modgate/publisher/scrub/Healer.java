package dev.modgate.publisher.scrub;

import dev.modgate.gomod.module.ModuleVersion;
import dev.modgate.pipeline.event.DeferReason;
import dev.modgate.pipeline.event.Evidence;
import dev.modgate.pipeline.event.ModuleDeferred;
import dev.modgate.pipeline.event.ModuleEvent;
import dev.modgate.pipeline.event.ModulePublished;
import dev.modgate.pipeline.event.ModuleVerified;
import dev.modgate.pipeline.event.RequestId;
import dev.modgate.pipeline.event.StageName;
import dev.modgate.pipeline.event.Want;
import dev.modgate.pipeline.stage.DependencyDownException;
import dev.modgate.pipeline.stage.NotNowException;
import dev.modgate.pipeline.stage.StageWork;
import dev.modgate.pipeline.zone.ScrubState.Cure;
import java.io.IOException;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/// Makes a module version whole again: takes away what must not be there, and publishes it once
/// more from its signed evidence, which does just what is missing. Where the bytes are nowhere, the
/// watcher is told, which has them fetched and verified as if they had never been inside.
final class Healer {
  private final SetAside aside;
  private final StageWork<ModuleVerified> publish;
  private final Supplies supplies;
  private final Reporter reporter;

  /// Where what can't be repaired is asked for.
  interface Reporter {
    void damaged(ModuleDeferred event) throws InterruptedException;
  }

  Healer(SetAside aside, StageWork<ModuleVerified> publish, Supplies supplies, Reporter reporter) {
    this.aside = aside;
    this.publish = publish;
    this.supplies = supplies;
    this.reporter = reporter;
  }

  /// @throws IOException where the store can't be asked
  Cure heal(Proven proven, List<Problem> problems, InstantSource clock)
      throws IOException, InterruptedException {
    takeAway(problems);
    try {
      supplies.refill(proven);
    } catch (IOException e) {
      throw new DownException("the blob store fails: " + e.getMessage(), e);
    }
    Cure cure = Cure.REPAIRED;
    for (Map.Entry<Want, Evidence> each : proven.toPublish().entrySet()) {
      cure = worse(cure, publish(proven.module(), each.getKey(), each.getValue(), problems, clock));
    }
    return cure;
  }

  /// For what nothing is proven of. Asks first: whoever dies in between leaves something to find.
  Cure askAgain(ModuleVersion module, Want want, List<Problem> problems, InstantSource clock)
      throws IOException, InterruptedException {
    ask(module, want, problems.getFirst().sentence(), clock);
    takeAway(problems);
    return Cure.ASKED_AGAIN;
  }

  /// Evidence of a replica that is believed.
  Optional<byte[]> evidenceElsewhere(ModuleVersion module, Want want) {
    return supplies.evidence(module, want);
  }

  void takeAway(List<Problem> problems) throws IOException {
    for (Problem problem : problems) {
      if (problem.takeAway()) {
        var _ = aside.take(problem.key(), problem.seen());
      }
    }
  }

  private Cure publish(
      ModuleVersion module,
      Want want,
      Evidence evidence,
      List<Problem> problems,
      InstantSource clock)
      throws IOException, InterruptedException {
    try {
      ModuleEvent came =
          publish.process(new ModuleVerified(request(), module, want, evidence)).getFirst();
      if (came instanceof ModulePublished) {
        return Cure.REPAIRED;
      }
      if (!(came instanceof ModuleDeferred)) {
        return Cure.NONE; // refused, and said so as loudly as any refusal
      }
    } catch (NotNowException e) {
      // what lies there still can't be used: the same as bytes that are nowhere
    } catch (DependencyDownException e) {
      throw new DownException(e.reason(), e);
    }
    ask(
        module,
        want,
        problems.isEmpty() ? "it can't be published again" : problems.getFirst().sentence(),
        clock);
    return Cure.ASKED_AGAIN;
  }

  private void ask(ModuleVersion module, Want want, String sentence, InstantSource clock)
      throws InterruptedException {
    reporter.damaged(
        new ModuleDeferred(
            request(),
            module,
            want,
            StageName.PUBLISH,
            DeferReason.DAMAGED,
            module + ": " + sentence,
            clock.instant()));
  }

  /// One that nobody made.
  private static RequestId request() {
    return new RequestId("scrub-" + UUID.randomUUID(), 1);
  }

  private static Cure worse(Cure one, Cure other) {
    return one.compareTo(other) >= 0 ? one : other;
  }
}
