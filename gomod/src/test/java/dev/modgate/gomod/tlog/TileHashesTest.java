package dev.modgate.gomod.tlog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TileHashesTest {
  private static final int HEIGHT = 2; // so that a small tree has many tiles
  private static final int RECORDS = 100;

  /// Every tree up to this one, which has tiles of four levels.
  private static final int SIZES = 70;

  private static final MemoryLog LOG = new MemoryLog();

  static {
    for (int i = 0; i < RECORDS; i++) {
      LOG.append(("leaf " + i).getBytes(StandardCharsets.UTF_8));
    }
  }

  /// Gives the tiles of the log, and lies about one of them.
  private static final class Source implements TileSource {
    private final Set<Tile> kept = new HashSet<>();
    private Map<Tile, byte[]> lies = Map.of();

    @Override
    public Map<Tile, byte[]> read(SequencedSet<Tile> tiles) {
      var data = new LinkedHashMap<Tile, byte[]>();
      tiles.forEach(tile -> data.put(tile, lies.getOrDefault(tile, LOG.tile(tile))));
      return data;
    }

    @Override
    public void authenticated(Map<Tile, byte[]> tiles) {
      tiles.forEach((tile, data) -> assertThat(data).isEqualTo(LOG.tile(tile)));
      kept.addAll(tiles.keySet());
    }
  }

  private static List<TreeNode> allNodes(long size) {
    var nodes = new ArrayList<TreeNode>();
    for (long i = 0; i < TreeNode.storedCount(size); i++) {
      nodes.add(TreeNode.ofStoredIndex(i));
    }
    return nodes;
  }

  @Test
  void readsAnyTileOfAnyTreeAtItsWidthThere() throws Exception {
    for (long size = 1; size <= SIZES; size++) {
      var shape = new TileTree(HEIGHT, size);
      for (TreeNode node : allNodes(size)) {
        Tile tile = shape.tileOf(node);
        var source = new Source();

        new TileHashes(LOG.head(size), HEIGHT, source)
            .readTile(new Tile(HEIGHT, tile.level(), tile.number(), 1));

        assertThat(shape.here(tile.full())).isEqualTo(tile);
        assertThat(source.kept).contains(tile).hasSameElementsAs(shape.wayTo(tile));
        if (tile.isFull() && !shape.rightEdge().contains(tile)) {
          assertThat(LOG.tile(shape.tileOf(TileTree.top(tile))))
              .contains(bytes(tile.top(LOG.tile(tile))));
        }
      }
    }
  }

  private static byte[] bytes(TlogHash hash) {
    var bytes = new byte[TlogHash.BYTES];
    hash.put(bytes, 0);
    return bytes;
  }

  @Test
  void aTileThatTheTreeDoesNotHaveIsAnError() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new TileTree(HEIGHT, 9).here(new Tile(HEIGHT, 0, 3, 1)));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new TileTree(8, 9).wayTo(new Tile(8, Tile.DATA, 0, 1)));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new TileTree(8, 9).here(new Tile(8, 63, 0, 1)));
  }

  @Test
  void readsFromTilesWhatIsInTheTree() throws Exception {
    for (int height : new int[] {1, 2, 3, 8}) {
      for (long size = 1; size <= SIZES; size++) {
        var reader = new TileHashes(LOG.head(size), height, new Source());
        List<TreeNode> nodes = allNodes(size);

        assertThat(reader.read(nodes)).isEqualTo(LOG.read(nodes));
        for (TreeNode node : nodes) {
          assertThat(reader.read(List.of(node))).isEqualTo(LOG.read(List.of(node)));
        }
      }
    }
  }

  @Test
  void computesOlderTreesAndMakesProofs() throws Exception {
    for (long size = 1; size <= SIZES; size++) {
      var reader = new TileHashes(LOG.head(size), HEIGHT, new Source());
      for (long older = 1; older <= size; older++) {
        assertThat(TreeHead.of(older, reader)).isEqualTo(LOG.head(older));
        assertThat(TreeProof.make(size, older, reader)).isEqualTo(TreeProof.make(size, older, LOG));
        assertThat(RecordProof.make(size, older - 1, reader))
            .isEqualTo(RecordProof.make(size, older - 1, LOG));
      }
    }
  }

  @Test
  void refusesEveryTileWithAnyHashChanged() {
    for (long size = 1; size <= SIZES; size++) {
      for (TreeNode node : allNodes(size)) {
        refusesWhenAnyOfItsTilesLies(size, node);
      }
    }
  }

  private static void refusesWhenAnyOfItsTilesLies(long size, TreeNode node) {
    for (Tile tile : new TileTree(HEIGHT, size).tilesOf(List.of(node))) {
      for (int i = 0; i < tile.width(); i++) {
        byte[] forged = LOG.tile(tile);
        forged[i * TlogHash.BYTES + 5] ^= 4;
        var source = new Source();
        source.lies = Map.of(tile, forged);
        var reader = new TileHashes(LOG.head(size), HEIGHT, source);

        assertThatExceptionOfType(TlogException.class)
            .as("%s of %d for %s", tile, size, node)
            .isThrownBy(() -> reader.read(List.of(node)));
        assertThat(source.kept).isEmpty();
      }
    }
  }

  @Test
  void namesTheTileThatLies() {
    var tile = new Tile(HEIGHT, 0, 3, 4);
    byte[] forged = LOG.tile(tile);
    forged[0] ^= 1;
    var source = new Source();
    source.lies = Map.of(tile, forged);

    assertThatExceptionOfType(TlogException.class)
        .isThrownBy(
            () -> new TileHashes(LOG.head(100), HEIGHT, source).read(List.of(new TreeNode(0, 12))))
        .withMessageMatching("tile/2/0/003 has hash \\S{44}, but tile/2/1/000 says \\S{44}");
  }

  @Test
  void refusesTilesOfAnotherLength() {
    var tile = new Tile(HEIGHT, 0, 24, 4);
    for (int length : new int[] {0, 1, 127, 129}) {
      var source = new Source();
      source.lies = Map.of(tile, Arrays.copyOf(LOG.tile(tile), length));

      assertThatExceptionOfType(TlogException.class)
          .isThrownBy(() ->
              new TileHashes(LOG.head(100), HEIGHT, source).read(List.of(new TreeNode(0, 99))))
          .withMessage("tile/2/0/024 has %d bytes, want 128", length);
    }
  }

  @Test
  void refusesAHeadOfAnotherTree() {
    var head = new TreeHead(100, LOG.head(99).hash());

    assertThatExceptionOfType(TlogException.class)
        .isThrownBy(() -> new TileHashes(head, HEIGHT, new Source()).read(List.of()))
        .withMessageContaining("but signed is " + head.hash());
    assertThatExceptionOfType(TlogException.class)
        .isThrownBy(() ->
            new TileHashes(new TreeHead(0, head.hash()), HEIGHT, new Source()).read(List.of()));
  }

  @Test
  void keepsOnlyWhatItAskedFor() throws Exception {
    var extra = new Tile(HEIGHT, 0, 1, 4);
    var source =
        new TileSource() {
          private Map<Tile, byte[]> kept = Map.of();

          @Override
          public Map<Tile, byte[]> read(SequencedSet<Tile> tiles) {
            var data = new LinkedHashMap<Tile, byte[]>();
            tiles.forEach(tile -> data.put(tile, LOG.tile(tile)));
            data.put(extra, new byte[128]);
            return data;
          }

          @Override
          public void authenticated(Map<Tile, byte[]> tiles) {
            kept = tiles;
          }
        };

    new TileHashes(LOG.head(100), HEIGHT, source).read(List.of(new TreeNode(0, 50)));

    assertThat(source.kept).isNotEmpty().doesNotContainKey(extra);
  }

  @Test
  void hasNoHashesOfNodesOutsideItsTree() {
    var reader = new TileHashes(LOG.head(50), HEIGHT, new Source());

    assertThatIllegalArgumentException()
        .isThrownBy(() -> reader.read(List.of(new TreeNode(0, 50))));
    assertThatIllegalArgumentException().isThrownBy(() -> reader.read(List.of(new TreeNode(5, 1))));
  }
}
