package dev.modgate.gomod.tlog;

import java.io.IOException;
import java.util.Map;
import java.util.SequencedSet;

/// Where tiles come from, true or not.
public interface TileSource {
  /// The bytes of each of these tiles. Their lengths and their truth are for [TileHashes] to check.
  ///
  /// @throws IOException when one can't be had now
  /// @throws TlogException when what was got can't be a tile
  Map<Tile, byte[]> read(SequencedSet<Tile> tiles) throws IOException, TlogException;

  /// Each byte of these is right, so that they may be kept. Called with what [#read] gave, and
  /// never with tiles that turned out to be wrong.
  ///
  /// @throws IOException when they can't be kept, and must be
  default void authenticated(Map<Tile, byte[]> tiles) throws IOException {}
}
