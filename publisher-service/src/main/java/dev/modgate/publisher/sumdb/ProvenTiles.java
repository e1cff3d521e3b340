package dev.modgate.publisher.sumdb;

import dev.modgate.gomod.epoch.EpochTree;
import dev.modgate.gomod.sumdb.SignedHead;
import dev.modgate.gomod.sumdb.TileMemory;
import dev.modgate.gomod.tlog.Tile;
import dev.modgate.gomod.tlog.TileSource;
import dev.modgate.gomod.tlog.TileTree;
import dev.modgate.gomod.tlog.TlogException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedSet;

/// The tiles of one tree, each proven by its signed head alone, out of whatever place has the right
/// bytes. A tile of an older tree is the beginning of what it has become in this one. For one
/// thread.
final class ProvenTiles implements TileSource {
  /// So many ways to make the root are tried: three places, and the right edge of any real tree.
  private static final int MOST_WAYS = 1000;

  private final SignedHead head;
  private final TileTree shape;
  private final List<Candidates> places;
  private final TileMemory proven = new TileMemory();

  /// What may be the bytes of a tile.
  @FunctionalInterface
  interface Candidates {
    /// Empty where it has none, or can't tell.
    Optional<byte[]> of(Tile tile) throws IOException;
  }

  /// @param head believed, because its note was opened with the pinned key
  /// @param places the likeliest first
  ProvenTiles(SignedHead head, List<Candidates> places) {
    this.head = head;
    this.shape = new TileTree(Tile.SUMDB_HEIGHT, head.head().size());
    this.places = List.copyOf(places);
  }

  SignedHead head() {
    return head;
  }

  TileTree shape() {
    return shape;
  }

  /// Whether the tree has it, at this width or a larger one.
  boolean has(Tile tile) {
    try {
      return tile.height() == Tile.SUMDB_HEIGHT && shape.here(tile).width() >= tile.width();
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  /// The right bytes. Empty where no place has them, or not those of a tile that proves them.
  ///
  /// @param tile that the tree has
  /// @throws IOException when a place can't be asked now
  Optional<byte[]> find(Tile tile) throws IOException {
    List<Tile> way = shape.wayTo(tile);
    List<Tile> edge = shape.rightEdge();
    if (!isProven(edge) && !proveEdge(edge)) {
      return Optional.empty();
    }
    for (Tile step : way) {
      if (proven.find(step).isEmpty() && !proveOne(step)) {
        return Optional.empty();
      }
    }
    return proven.find(shape.here(tile)).map(bytes -> Arrays.copyOf(bytes, tile.bytes()));
  }

  @Override
  public Map<Tile, byte[]> read(SequencedSet<Tile> wanted) throws IOException {
    var found = new LinkedHashMap<Tile, byte[]>();
    for (Tile tile : wanted) {
      found.put(
          tile,
          find(tile)
              .orElseThrow(
                  () -> new MissingTileException("nothing has the right bytes of " + tile)));
    }
    return found;
  }

  private boolean isProven(List<Tile> tiles) {
    return tiles.stream().allMatch(tile -> proven.find(tile).isPresent());
  }

  /// The tiles of the edge prove each other: the likeliest ones, else each place for each of them.
  private boolean proveEdge(List<Tile> edge) throws IOException {
    var likeliest = new LinkedHashMap<Tile, byte[]>();
    for (Tile tile : edge) {
      places.getFirst().of(tile).ifPresent(bytes -> likeliest.put(tile, bytes));
    }
    if (edge.isEmpty() || proves(edge.getFirst(), likeliest)) {
      likeliest.forEach(proven::keep);
      return true;
    }
    var choices = new ArrayList<List<byte[]>>();
    long ways = 1;
    for (Tile tile : edge) {
      choices.add(candidates(tile));
      ways *= choices.getLast().size();
    }
    for (long way = 0; way < Math.min(ways, MOST_WAYS); way++) {
      Map<Tile, byte[]> chosen = chosen(edge, choices, way);
      if (proves(edge.getFirst(), chosen)) {
        chosen.forEach(proven::keep);
        return true;
      }
    }
    return false;
  }

  private static Map<Tile, byte[]> chosen(List<Tile> edge, List<List<byte[]>> choices, long way) {
    var chosen = new LinkedHashMap<Tile, byte[]>();
    long rest = way;
    for (int i = 0; i < edge.size(); i++) {
      List<byte[]> choice = choices.get(i);
      chosen.put(edge.get(i), choice.get((int) (rest % choice.size())));
      rest /= choice.size();
    }
    return chosen;
  }

  private List<byte[]> candidates(Tile tile) throws IOException {
    var all = new ArrayList<byte[]>();
    for (Candidates place : places) {
      place
          .of(tile)
          .filter(bytes -> all.stream().noneMatch(known -> Arrays.equals(known, bytes)))
          .ifPresent(all::add);
    }
    return all;
  }

  /// Its parent is proven.
  private boolean proveOne(Tile tile) throws IOException {
    var way = new LinkedHashMap<Tile, byte[]>();
    for (Tile known : shape.wayTo(tile)) {
      proven.find(known).ifPresent(bytes -> way.put(known, bytes));
    }
    for (Candidates place : places) {
      Optional<byte[]> candidate = place.of(tile);
      if (candidate.isPresent()) {
        way.put(tile, candidate.get());
        if (proves(tile, way)) {
          proven.keep(tile, candidate.get());
          return true;
        }
      }
    }
    return false;
  }

  private boolean proves(Tile tile, Map<Tile, byte[]> tiles) throws IOException {
    try {
      var _ = new EpochTree(head, _ -> tiles).tile(tile);
      return true;
    } catch (TlogException e) {
      return false;
    }
  }
}
