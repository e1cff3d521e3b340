package dev.modgate.fetcher.chain;

import dev.modgate.fetcher.source.Miss;
import dev.modgate.fetcher.source.Patience;
import dev.modgate.fetcher.upstream.FileKind;
import dev.modgate.fetcher.upstream.StoreFailedException;
import dev.modgate.gomod.module.ModuleVersion;
import dev.modgate.pipeline.event.Files;
import dev.modgate.pipeline.event.Refusal;
import dev.modgate.pipeline.event.Want;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionService;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;

/// All files of one module version, side by side, each along the chain; the first that nobody gives
/// ends the others.
record VersionFetch(
    List<Place.Turn> chain, ModuleVersion module, Want want, List<Refusal> refusals) {
  private record One(FileKind kind, FileWalk.Outcome outcome) {}

  /// What came of it.
  sealed interface Outcome {
    record Found(UpstreamChain.Outcome.Found found) implements Outcome {}

    /// @param allShut whether the breakers of all that count let nothing through
    record NotHad(List<Miss> misses, boolean allShut) implements Outcome {}
  }

  Outcome run() throws StoreFailedException, InterruptedException {
    List<FileKind> kinds =
        switch (want) {
          case MOD -> List.of(FileKind.INFO, FileKind.MOD);
          case ZIP -> List.of(FileKind.INFO, FileKind.MOD, FileKind.ZIP);
        };
    Map<FileKind, FileWalk.Outcome.Found> found = new EnumMap<>(FileKind.class);
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      CompletionService<One> done = new ExecutorCompletionService<>(threads);
      List<Future<One>> all =
          kinds.stream()
              .map(kind ->
                  done.submit(() -> new One(kind, walk(kind).run(new Patience(Patience.IN_PLACE)))))
              .toList();
      try {
        for (int i = 0; i < kinds.size(); i++) {
          One one = join(done.take());
          switch (one.outcome()) {
            case FileWalk.Outcome.Found file -> found.put(one.kind(), file);
            case FileWalk.Outcome.NotHad(var misses, var allShut) -> {
              return new Outcome.NotHad(misses, allShut);
            }
          }
        }
      } finally {
        all.forEach(f -> f.cancel(true));
      }
    }
    return new Outcome.Found(whole(found));
  }

  private FileWalk walk(FileKind kind) {
    Set<String> refused =
        refusals.stream()
            .filter(refusal -> refusal.files().contains(kind.kind()))
            .map(Refusal::upstream)
            .collect(Collectors.toSet());
    return new FileWalk(chain, module, kind, refused, !refusals.isEmpty());
  }

  private static UpstreamChain.Outcome.Found whole(Map<FileKind, FileWalk.Outcome.Found> found) {
    var info = found.get(FileKind.INFO);
    var mod = found.get(FileKind.MOD);
    var zip = found.get(FileKind.ZIP);
    if (info == null || mod == null) {
      throw new IllegalStateException("a file that nobody missed is missing");
    }
    Map<Files.Kind, String> from = new EnumMap<>(Files.Kind.class);
    var misses = new ArrayList<Miss>();
    Map<Files.Kind, List<String>> untried = new EnumMap<>(Files.Kind.class);
    found.forEach((kind, file) -> {
      from.put(kind.kind(), file.upstream());
      misses.addAll(file.misses());
      untried.put(kind.kind(), file.untried());
    });
    return new UpstreamChain.Outcome.Found(
        from, new Files(info.blob(), mod.blob(), zip == null ? null : zip.blob()), misses, untried);
  }

  private static One join(Future<One> done) throws StoreFailedException, InterruptedException {
    try {
      return done.get();
    } catch (ExecutionException e) {
      switch (e.getCause()) {
        case StoreFailedException s -> throw s;
        case InterruptedException i -> throw i;
        case RuntimeException r -> throw r;
        case null, default -> throw new IllegalStateException(e);
      }
    }
  }
}
