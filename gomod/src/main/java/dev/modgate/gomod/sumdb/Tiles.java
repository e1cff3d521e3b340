package dev.modgate.gomod.sumdb;

import dev.modgate.gomod.quote.Quoted;
import dev.modgate.gomod.tlog.HashReader;
import dev.modgate.gomod.tlog.Tile;
import dev.modgate.gomod.tlog.TileHashes;
import dev.modgate.gomod.tlog.TileSource;
import dev.modgate.gomod.tlog.TlogException;
import dev.modgate.gomod.tlog.TreeHead;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedSet;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// The tiles of one database: from memory, else from the cache, else from the database itself.
final class Tiles {
  private final SumDbOps ops;
  private final TileMemory memory = new TileMemory();

  Tiles(SumDbOps ops) {
    this.ops = ops;
  }

  /// Goes back to the kept tiles for what is remembered in memory: one that was lost there is then
  /// asked for and kept again.
  void forget() {
    memory.clear();
  }

  /// The hashes of a tree. Where kept tiles turn out not to be of this tree, all are asked for
  /// again: a cache that went bad is not the database's fault.
  HashReader of(TreeHead head) {
    return nodes -> {
      var source = new Source(true);
      try {
        return new TileHashes(head, Tile.SUMDB_HEIGHT, source).read(nodes);
      } catch (TlogException e) {
        if (source.kept.isEmpty()) {
          throw e;
        }
        return fromDatabase(head).read(nodes);
      }
    };
  }

  /// The hashes of a tree, nothing of them kept from before.
  HashReader fromDatabase(TreeHead head) {
    return nodes -> new TileHashes(head, Tile.SUMDB_HEIGHT, new Source(false)).read(nodes);
  }

  private final class Source implements TileSource {
    private final boolean askKept;
    private final Set<Tile> kept = ConcurrentHashMap.newKeySet();

    Source(boolean askKept) {
      this.askKept = askKept;
    }

    @Override
    public Map<Tile, byte[]> read(SequencedSet<Tile> tiles) throws IOException {
      return AllAtOnce.read(tiles, this::read);
    }

    private byte[] read(Tile tile) throws IOException {
      Optional<byte[]> found = askKept ? kept(tile) : Optional.empty();
      if (found.isPresent()) {
        kept.add(tile);
        return found.get();
      }
      return remote(tile);
    }

    @Override
    public void authenticated(Map<Tile, byte[]> tiles) throws IOException {
      for (Map.Entry<Tile, byte[]> tile : tiles.entrySet()) {
        if (!kept.contains(tile.getKey())) {
          ops.writeCache(tile.getKey().path(), tile.getValue());
        }
        memory.keep(tile.getKey(), tile.getValue());
      }
    }
  }

  private Optional<byte[]> kept(Tile tile) {
    return memory
        .find(tile)
        .or(() -> ops.readCache(tile.path()).filter(b -> b.length == tile.bytes()))
        .or(() -> ops.readCache(tile.full().path()).flatMap(b -> beginning(b, tile)));
  }

  private byte[] remote(Tile tile) throws IOException {
    return switch (ops.readRemote(tile.path())) {
      case SumDbOps.Answer.Found(InputStream body) -> bytes(body, tile);
      case SumDbOps.Answer.Absent(String text) when tile.isFull() -> throw absent(tile, text);
      case SumDbOps.Answer.Absent(String text) -> beginningOfFull(tile, text);
    };
  }

  /// A partial tile may be gone once the full one is there.
  private byte[] beginningOfFull(Tile tile, String whyNot) throws IOException {
    return switch (ops.readRemote(tile.full().path())) {
      case SumDbOps.Answer.Found(InputStream body) -> {
        byte[] full = bytes(body, tile.full());
        yield beginning(full, tile).orElse(full);
      }
      case SumDbOps.Answer.Absent(_) -> throw absent(tile, whyNot);
    };
  }

  private static Optional<byte[]> beginning(byte[] full, Tile tile) {
    return full.length == tile.full().bytes()
        ? Optional.of(Arrays.copyOf(full, tile.bytes()))
        : Optional.empty();
  }

  /// At most a byte too many, which is enough to be refused for its length.
  private static byte[] bytes(InputStream body, Tile tile) throws IOException {
    try (body) {
      return body.readNBytes(tile.bytes() + 1);
    }
  }

  private static AbsentTileException absent(Tile tile, String text) {
    return new AbsentTileException(
        "checksum database does not have " + tile + ": " + Quoted.of(text.strip()));
  }
}
