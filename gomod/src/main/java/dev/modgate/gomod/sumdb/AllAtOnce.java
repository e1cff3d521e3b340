package dev.modgate.gomod.sumdb;

import dev.modgate.gomod.tlog.Tile;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedSet;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// Reads the tiles that a proof needs side by side, a dozen at most, so that they take the time of
/// one.
final class AllAtOnce {
  private AllAtOnce() {}

  /// Reads one.
  interface One {
    byte[] read(Tile tile) throws IOException;
  }

  static Map<Tile, byte[]> read(SequencedSet<Tile> tiles, One one) throws IOException {
    var read = new LinkedHashMap<Tile, byte[]>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var tasks = new ArrayList<Callable<byte[]>>();
      tiles.forEach(tile -> tasks.add(() -> one.read(tile)));
      List<Future<byte[]>> results = threads.invokeAll(tasks);
      for (Tile tile : tiles) {
        read.put(tile, results.get(read.size()).get());
      }
    } catch (ExecutionException e) {
      throw rethrown(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while tiles were read");
    }
    return read;
  }

  private static IOException rethrown(ExecutionException e) {
    return switch (e.getCause()) {
      case IOException io -> io;
      case RuntimeException bug -> throw bug;
      case Error error -> throw error;
      case null, default -> throw new IllegalStateException(e);
    };
  }
}
