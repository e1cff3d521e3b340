package dev.modgate.gomod.sumdb;

import dev.modgate.gomod.tlog.Tile;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// Authentic tiles that were used lately: those of the high levels and of the right edge are needed
/// for each record. Used by many threads at once.
public final class TileMemory {
  /// Of 8 KiB at most: 4 MiB.
  static final int MAX_TILES = 512;

  private final Map<Tile, byte[]> tiles =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Tile, byte[]> eldest) {
          return size() > MAX_TILES;
        }
      };

  public synchronized Optional<byte[]> find(Tile tile) {
    return Optional.ofNullable(tiles.get(tile));
  }

  public synchronized void clear() {
    tiles.clear();
  }

  public synchronized void keep(Tile tile, byte[] bytes) {
    tiles.put(tile, bytes);
  }
}
