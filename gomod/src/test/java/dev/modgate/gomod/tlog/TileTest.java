package dev.modgate.gomod.tlog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TileTest {
  @ParameterizedTest
  @CsvSource({
    "tile/4/0/001, 4, 0, 1, 16",
    "tile/4/0/001.p/5, 4, 0, 1, 5",
    "tile/3/5/x123/x456/078, 3, 5, 123456078, 8",
    "tile/3/5/x123/x456/078.p/2, 3, 5, 123456078, 2",
    "tile/1/0/x003/x057/500, 1, 0, 3057500, 2",
    "tile/1/data/x003/x057/500, 1, -1, 3057500, 2",
    "tile/3/4/x001/x234/067.p/1, 3, 4, 1234067, 1",
    "tile/8/0/x001/234.p/5, 8, 0, 1234, 5",
    "tile/8/3/000.p/3, 8, 3, 0, 3",
    "tile/8/0/x018/x014/x398/x509/x481/983, 8, 0, 18014398509481983, 256",
  })
  void readsAndWritesPaths(String path, int height, int level, long number, int width) {
    var tile = new Tile(height, level, number, width);

    assertThat(Tile.parse(path)).isEqualTo(tile);
    assertThat(tile.path()).isEqualTo(path);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "tile",
        "/tile/8/0/001",
        "tile/8/0",
        "tile/8/0/1",
        "tile/8/0/0001",
        "tile/8/0/x000/001",
        "tile/8/0/001/002",
        "tile/8/0/x001/x002",
        "tile/8/0/001.p/0",
        "tile/8/0/001.p/256",
        "tile/8/0/001.p/05",
        "tile/8/0/001.p/9999999999",
        "tile/8/0/001.p",
        "tile/8/0/001.p/",
        "tile/8/-1/001",
        "tile/8/64/001",
        "tile/0/0/001",
        "tile/31/0/001",
        "tile/99/0/001",
        "tile/8/00/001",
        "tile/3/5/123/456/078",
        "tile/3/-1/123/456/078",
        "tile/8/0/x999/x999/x999/x999/x999/x999/999",
        "tile/8/0/../001",
        "tile/8/0/001\n",
      })
  void refusesPathsOfNoTile(String path) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Tile.parse(path))
        .withMessageStartingWith("tile path \"");
  }

  @Test
  void knowsTheRightEdgeOfTheRealDatabase() {
    var tree = new TileTree(Tile.SUMDB_HEIGHT, 66_327_379);

    assertThat(tree.rightEdge())
        .extracting(Tile::path)
        .containsExactly(
            "tile/8/3/000.p/3",
            "tile/8/2/003.p/244",
            "tile/8/1/x001/012.p/19",
            "tile/8/0/x259/091.p/83");
    assertThat(tree.ofRecord(942))
        .extracting(Tile::path)
        .containsExactly(
            "tile/8/3/000.p/3",
            "tile/8/2/003.p/244",
            "tile/8/1/x001/012.p/19",
            "tile/8/0/x259/091.p/83",
            "tile/8/2/000",
            "tile/8/1/000",
            "tile/8/0/003");
    assertThat(tree.ofRecord(66_327_378)).hasSize(4);
  }

  @Test
  void knowsTheRightEdgeOfOddSizes() {
    assertThat(new TileTree(8, 0).rightEdge()).isEmpty();
    assertThat(new TileTree(8, 1).rightEdge())
        .extracting(Tile::path)
        .containsExactly("tile/8/0/000.p/1");
    assertThat(new TileTree(8, 255).ofRecord(3)).hasSize(1);
    assertThat(new TileTree(8, 256).rightEdge())
        .extracting(Tile::path)
        .containsExactly("tile/8/1/000.p/1");
    assertThat(new TileTree(8, 256).ofRecord(3))
        .extracting(Tile::path)
        .containsExactly("tile/8/1/000.p/1", "tile/8/0/000");
    assertThat(new TileTree(8, TreeHead.MAX_SIZE - 1).rightEdge()).hasSize(8);
    assertThat(new TileTree(8, TreeHead.MAX_SIZE).rightEdge())
        .extracting(Tile::path)
        .containsExactly("tile/8/7/000.p/64");
    assertThat(new TileTree(8, TreeHead.MAX_SIZE).ofRecord(TreeHead.MAX_SIZE - 1)).hasSize(8);
    assertThatIllegalArgumentException().isThrownBy(() -> new TileTree(8, 5).ofRecord(5));
  }
}
