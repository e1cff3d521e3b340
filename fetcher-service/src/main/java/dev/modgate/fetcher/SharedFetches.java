package dev.modgate.fetcher;

import dev.modgate.gomod.module.ModuleVersion;
import dev.modgate.pipeline.event.ModuleRequested;
import dev.modgate.pipeline.event.Refusal;
import dev.modgate.pipeline.event.Want;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ExecutionException;

/// Lets all who ask for the same at the same time share one fetch. Nothing is remembered beyond
/// that.
final class SharedFetches {
  private final ConcurrentMap<Key, CompletableFuture<FetchOutcome>> underWay =
      new ConcurrentHashMap<>();

  /// What is asked for.
  ///
  /// @param refusals decide who is asked
  record Key(ModuleVersion module, Want want, List<Refusal> refusals) {
    static Key of(ModuleRequested event) {
      return new Key(event.module(), event.want(), event.refusals());
    }
  }

  /// Fetches one module version.
  interface Fetcher {
    FetchOutcome fetch() throws InterruptedException;
  }

  FetchOutcome fetch(Key key, Fetcher fetcher) throws InterruptedException {
    while (true) {
      var mine = new CompletableFuture<FetchOutcome>();
      CompletableFuture<FetchOutcome> theirs = underWay.putIfAbsent(key, mine);
      if (theirs == null) {
        return fetchFor(key, mine, fetcher);
      }
      FetchOutcome outcome = await(theirs);
      if (!(outcome instanceof FetchOutcome.Abandoned)) {
        return outcome;
      }
    }
  }

  private FetchOutcome fetchFor(Key key, CompletableFuture<FetchOutcome> mine, Fetcher fetcher)
      throws InterruptedException {
    FetchOutcome outcome = new FetchOutcome.Abandoned();
    try {
      outcome = fetcher.fetch();
      return outcome;
    } finally {
      underWay.remove(key, mine);
      mine.complete(outcome);
    }
  }

  private static FetchOutcome await(CompletableFuture<FetchOutcome> theirs)
      throws InterruptedException {
    try {
      return theirs.get();
    } catch (ExecutionException e) {
      throw new IllegalStateException("it is never completed with an exception", e);
    }
  }
}
