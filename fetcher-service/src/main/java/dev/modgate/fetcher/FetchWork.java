package dev.modgate.fetcher;

import dev.modgate.fetcher.chain.UpstreamChain;
import dev.modgate.fetcher.chain.UpstreamChain.Outcome;
import dev.modgate.fetcher.upstream.StoreFailedException;
import dev.modgate.gomod.module.ModuleVersion;
import dev.modgate.pipeline.event.DeferReason;
import dev.modgate.pipeline.event.Fetch;
import dev.modgate.pipeline.event.Files;
import dev.modgate.pipeline.event.ModuleDeferred;
import dev.modgate.pipeline.event.ModuleEvent;
import dev.modgate.pipeline.event.ModuleFetched;
import dev.modgate.pipeline.event.ModuleRejected;
import dev.modgate.pipeline.event.ModuleRequested;
import dev.modgate.pipeline.event.RejectReason;
import dev.modgate.pipeline.event.StageName;
import dev.modgate.pipeline.stage.DependencyDownException;
import dev.modgate.pipeline.stage.NotNowException;
import dev.modgate.pipeline.stage.StageWork;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Objects;

/// What the fetcher does with one request.
final class FetchWork implements StageWork<ModuleRequested> {
  /// Of the policy that this code follows; no rule of a person's making counts here.
  private static final int RULES_REVISION = 0;

  private static final Duration STORE_WAIT = Duration.ofSeconds(10);

  /// So often one item may find every upstream down by its own tries before it steps aside. Without
  /// that, items that alone fail at an upstream would be its breaker's only probes for ever. Where
  /// no connection comes about, that is no item's fault, and all wait.
  private static final int MAX_PAUSES = 3;

  private static final int MAX_REMEMBERED = 2000; // twice the largest concurrency

  private final UpstreamChain chain;
  private final String storeName;
  private final Clock clock;
  private final SharedFetches shared = new SharedFetches();
  private final Pauses pauses = new Pauses(MAX_REMEMBERED);

  /// @param storeName names the blob store in sentences
  FetchWork(UpstreamChain chain, String storeName, Clock clock) {
    this.chain = chain;
    this.storeName = storeName;
    this.clock = clock;
  }

  @Override
  public List<ModuleEvent> process(ModuleRequested event)
      throws NotNowException, DependencyDownException, InterruptedException {
    return switch (shared.fetch(SharedFetches.Key.of(event), () -> fetch(event))) {
      case FetchOutcome.Fetched fetched -> List.of(fetched(event, fetched));
      case FetchOutcome.Refused(var reason, var sentence) ->
          List.of(rejected(event, reason, sentence));
      case FetchOutcome.NotNow(var reason, var sentence) ->
          throw NotNowException.tryMuchLater(reason, sentence);
      case FetchOutcome.Down(var sentence, var wait) ->
          throw new DependencyDownException(sentence, wait);
      case FetchOutcome.Abandoned() -> throw new IllegalStateException("nobody is left to fetch");
    };
  }

  private FetchOutcome fetch(ModuleRequested event) throws InterruptedException {
    try {
      Outcome outcome = chain.fetch(event.module(), event.want(), event.refusals());
      FetchOutcome decided = decide(event, outcome);
      if (!(decided instanceof FetchOutcome.Down)) {
        pauses.forget(event.module());
      }
      return decided;
    } catch (StoreFailedException e) {
      return new FetchOutcome.Down(storeName + " can't be written: " + e.sentence(), STORE_WAIT);
    }
  }

  private FetchOutcome decide(ModuleRequested event, Outcome outcome) {
    ModuleVersion module = event.module();
    return switch (outcome) {
      case Outcome.Found found -> found(event, found);
      case Outcome.NotHad(var misses) -> Misses.decide(module, misses, event.refusals());
      case Outcome.AllDown(var sentence, var wait, var tried) ->
          tried && pauses.another(module) > MAX_PAUSES
              ? new FetchOutcome.NotNow(DeferReason.UPSTREAM_FAILED, module + ": " + sentence)
              : new FetchOutcome.Down(sentence, wait);
    };
  }

  private FetchOutcome found(ModuleRequested event, Outcome.Found found) {
    Files.Kind main =
        switch (event.want()) {
          case MOD -> Files.Kind.MOD;
          case ZIP -> Files.Kind.ZIP;
        };
    String upstream = Objects.requireNonNull(found.from().get(main), "what is wanted was found");
    return new FetchOutcome.Fetched(
        new Fetch(upstream, clock.instant(), found.from()),
        found.files(),
        Misses.sentences(event.module(), found.misses()),
        found.untried());
  }

  private static ModuleFetched fetched(ModuleRequested event, FetchOutcome.Fetched fetched) {
    return new ModuleFetched(
        event.request(),
        event.module(),
        event.want(),
        event.origins(),
        event.originCount(),
        fetched.fetch(),
        fetched.files(),
        event.refusals(),
        fetched.misses(),
        fetched.untried());
  }

  private ModuleRejected rejected(ModuleRequested event, RejectReason reason, String sentence) {
    return new ModuleRejected(
        event.request(),
        event.module(),
        event.want(),
        StageName.FETCH,
        reason,
        sentence,
        event.origins(),
        null,
        RULES_REVISION,
        clock.instant());
  }

  @Override
  public List<ModuleEvent> deferred(ModuleRequested event, DeferReason reason, String sentence) {
    return List.of(
        new ModuleDeferred(
            event.request(),
            event.module(),
            event.want(),
            StageName.FETCH,
            reason,
            sentence,
            clock.instant()));
  }

  /// The size is not known before the answer comes, and streams to disk: these are guesses at what
  /// lies in buffers.
  @Override
  public long weight(ModuleRequested event) {
    return switch (event.want()) {
      case MOD -> 64 * 1024;
      case ZIP -> 1024 * 1024;
    };
  }
}
