package dev.modgate.fetcher.upstream;

import dev.modgate.gomod.module.ModuleVersion;
import dev.modgate.pipeline.event.Files;
import dev.modgate.pipeline.event.Want;
import dev.modgate.pipeline.store.BlobRef;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionService;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// All files of one module version from one upstream, side by side; the first that is missing ends
/// the others.
record VersionFetch(Upstream upstream, ModuleVersion module, Want want) {
  private record One(FileKind kind, Answer<BlobRef> answer) {}

  Answer<Files> run() throws StoreFailedException, InterruptedException {
    List<FileKind> kinds =
        switch (want) {
          case MOD -> List.of(FileKind.INFO, FileKind.MOD);
          case ZIP -> List.of(FileKind.INFO, FileKind.MOD, FileKind.ZIP);
        };
    Map<FileKind, BlobRef> blobs = new EnumMap<>(FileKind.class);
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      CompletionService<One> done = new ExecutorCompletionService<>(threads);
      List<Future<One>> all =
          kinds.stream()
              .map(kind -> done.submit(() -> new One(kind, upstream.fetch(module, kind))))
              .toList();
      try {
        for (int i = 0; i < kinds.size(); i++) {
          One one = join(done.take());
          switch (one.answer()) {
            case Answer.Got<BlobRef>(var blob) -> blobs.put(one.kind(), blob);
            case Answer.Missed<BlobRef>(var miss) -> {
              return new Answer.Missed<>(miss);
            }
          }
        }
      } finally {
        all.forEach(f -> f.cancel(true));
      }
    }
    return new Answer.Got<>(files(blobs));
  }

  private static Files files(Map<FileKind, BlobRef> blobs) {
    var info = blobs.get(FileKind.INFO);
    var mod = blobs.get(FileKind.MOD);
    if (info == null || mod == null) {
      throw new IllegalStateException("a file that nobody missed is missing");
    }
    return new Files(info, mod, blobs.get(FileKind.ZIP));
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
