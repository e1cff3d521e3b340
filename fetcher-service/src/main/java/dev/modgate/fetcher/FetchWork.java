package dev.modgate.fetcher;

import dev.modgate.fetcher.upstream.Miss;
import dev.modgate.fetcher.upstream.StoreFailedException;
import dev.modgate.fetcher.upstream.UpstreamChain;
import dev.modgate.fetcher.upstream.UpstreamChain.Outcome;
import dev.modgate.gomod.module.ModuleVersion;
import dev.modgate.pipeline.event.DeferReason;
import dev.modgate.pipeline.event.Fetch;
import dev.modgate.pipeline.event.ModuleDeferred;
import dev.modgate.pipeline.event.ModuleEvent;
import dev.modgate.pipeline.event.ModuleFetched;
import dev.modgate.pipeline.event.ModuleRejected;
import dev.modgate.pipeline.event.ModuleRequested;
import dev.modgate.pipeline.event.RejectReason;
import dev.modgate.pipeline.event.StageName;
import dev.modgate.pipeline.event.Want;
import dev.modgate.pipeline.stage.DependencyDownException;
import dev.modgate.pipeline.stage.NotNowException;
import dev.modgate.pipeline.stage.StageWork;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/// What the fetcher does with one request.
final class FetchWork implements StageWork<ModuleRequested> {
  /// Of the policy that this code follows; no rule of a person's making counts here.
  private static final int RULES_REVISION = 0;

  private static final Duration STORE_WAIT = Duration.ofSeconds(10);

  /// So often one item may find every upstream down by its own tries before it steps aside. Without
  /// that, an item that alone fails at an upstream would be its breaker's only probe for ever.
  private static final int MAX_PAUSES = 3;

  private final UpstreamChain chain;
  private final String storeName;
  private final Clock clock;
  private final SharedFetches shared = new SharedFetches();
  private final ConcurrentMap<ModuleVersion, Integer> pauses = new ConcurrentHashMap<>();

  /// @param storeName names the blob store in sentences
  FetchWork(UpstreamChain chain, String storeName, Clock clock) {
    this.chain = chain;
    this.storeName = storeName;
    this.clock = clock;
  }

  @Override
  public List<ModuleEvent> process(ModuleRequested event)
      throws NotNowException, DependencyDownException, InterruptedException {
    ModuleVersion module = event.module();
    Want want = event.want();
    return switch (shared.fetch(module, want, () -> fetch(module, want))) {
      case FetchOutcome.Fetched(var fetch, var files) ->
          List.of(
              new ModuleFetched(
                  event.request(),
                  module,
                  want,
                  event.origins(),
                  event.originCount(),
                  fetch,
                  files));
      case FetchOutcome.TooLarge(var sentence) -> List.of(rejected(event, sentence));
      case FetchOutcome.NotNow(var reason, var sentence) ->
          throw NotNowException.tryMuchLater(reason, sentence);
      case FetchOutcome.Down(var sentence, var wait) ->
          throw new DependencyDownException(sentence, wait);
      case FetchOutcome.Abandoned() -> throw new IllegalStateException("nobody is left to fetch");
    };
  }

  private FetchOutcome fetch(ModuleVersion module, Want want) throws InterruptedException {
    try {
      Outcome outcome = chain.fetch(module, want);
      FetchOutcome decided = decide(module, outcome);
      if (!(decided instanceof FetchOutcome.Down)) {
        pauses.remove(module);
      }
      return decided;
    } catch (StoreFailedException e) {
      return new FetchOutcome.Down(storeName + " can't be written: " + e.sentence(), STORE_WAIT);
    }
  }

  private FetchOutcome decide(ModuleVersion module, Outcome outcome) {
    return switch (outcome) {
      case Outcome.Found(var upstream, var files) ->
          new FetchOutcome.Fetched(new Fetch(upstream, clock.instant()), files);
      case Outcome.NotHad(var misses) -> ofMisses(module, misses);
      case Outcome.AllDown(var sentence, var wait, var tried) ->
          tried && pauses.merge(module, 1, Integer::sum) > MAX_PAUSES
              ? new FetchOutcome.NotNow(DeferReason.UPSTREAM_FAILED, about(module, sentence))
              : new FetchOutcome.Down(sentence, wait);
    };
  }

  /// The mildest reading counts: only what every upstream agrees on is final.
  static FetchOutcome ofMisses(ModuleVersion module, List<Miss> misses) {
    String sentence =
        about(module, String.join("; ", misses.stream().map(Miss::sentence).toList()));
    if (any(misses, Miss.Kind.FAILED) || any(misses, Miss.Kind.NOT_ASKED)) {
      return new FetchOutcome.NotNow(DeferReason.UPSTREAM_FAILED, sentence);
    }
    if (any(misses, Miss.Kind.BAD_ANSWER)) {
      return new FetchOutcome.NotNow(DeferReason.UPSTREAM_BAD_ANSWER, sentence);
    }
    if (any(misses, Miss.Kind.REFUSED)) {
      return new FetchOutcome.NotNow(DeferReason.UPSTREAM_REFUSED, sentence);
    }
    return any(misses, Miss.Kind.TOO_LARGE)
        ? new FetchOutcome.TooLarge(sentence)
        : new FetchOutcome.NotNow(DeferReason.NOT_FOUND, sentence);
  }

  private static boolean any(List<Miss> misses, Miss.Kind kind) {
    return misses.stream().anyMatch(m -> m.kind() == kind);
  }

  private static String about(ModuleVersion module, String sentence) {
    return sentence.startsWith(module + ": ") ? sentence : module + ": " + sentence;
  }

  private ModuleRejected rejected(ModuleRequested event, String sentence) {
    return new ModuleRejected(
        event.request(),
        event.module(),
        event.want(),
        StageName.FETCH,
        RejectReason.TOO_LARGE,
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
