package dev.modgate.gomod.tlog;

import dev.modgate.gomod.quote.Quoted;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Which tile. Its hashes are those of the tree's level `height * level`, from `number << height`
/// on.
///
/// @param height levels in a tile, 1 to 30
/// @param level 0 to 63, [#DATA] for records themselves
/// @param width hashes in it; fewer than `1 << height` in a partial tile
public record Tile(int height, int level, long number, int width) {
  /// The level of records.
  public static final int DATA = -1;

  /// What the checksum database serves.
  public static final int SUMDB_HEIGHT = 8;

  private static final int MAX_HEIGHT = 30;
  private static final int MAX_TILE_LEVEL = 63;
  private static final int GROUP = 1000;
  private static final Pattern PATH =
      Pattern.compile(
          "tile/([1-9][0-9]?)/(data|0|[1-9][0-9]?)/((?:x[0-9]{3}/){0,6}[0-9]{3})"
              + "(?:\\.p/([1-9][0-9]{0,9}))?");

  /// @throws IllegalArgumentException when there can't be such a tile
  public Tile {
    if (height < 1
        || height > MAX_HEIGHT
        || level < DATA
        || level > MAX_TILE_LEVEL
        || number < 0
        || width < 1
        || width > 1 << height) {
      throw new IllegalArgumentException(
          "there is no tile of height "
              + height
              + ", level "
              + level
              + ", number "
              + number
              + ", width "
              + width);
    }
  }

  /// @param path such as `tile/8/0/x001/234.p/5`, without a slash before it
  /// @throws IllegalArgumentException when it is not exactly what [#path] gives for some tile
  public static Tile parse(String path) {
    Matcher m = PATH.matcher(path);
    if (!m.matches()) {
      throw malformed(path);
    }
    Tile tile;
    try {
      int height = Integer.parseInt(m.group(1));
      String width = m.group(4);
      tile =
          new Tile(
              height,
              m.group(2).equals("data") ? DATA : Integer.parseInt(m.group(2)),
              Long.parseLong(m.group(3).replaceAll("[x/]", "")),
              width == null ? 1 << Math.min(height, MAX_HEIGHT) : Integer.parseInt(width));
    } catch (IllegalArgumentException e) { // a number that is too large, too
      throw malformed(path);
    }
    if (!tile.path().equals(path)) {
      throw malformed(path);
    }
    return tile;
  }

  private static IllegalArgumentException malformed(String path) {
    return new IllegalArgumentException("tile path " + Quoted.of(path) + " is not one");
  }

  public boolean isFull() {
    return width == 1 << height;
  }

  /// The same when all its hashes are there.
  public Tile full() {
    return new Tile(height, level, number, 1 << height);
  }

  /// The length of a tile of hashes.
  public int bytes() {
    return width * TlogHash.BYTES;
  }

  /// As it is asked for, without a slash before it.
  public String path() {
    var groups = new StringBuilder(group(number % GROUP));
    for (long n = number / GROUP; n > 0; n /= GROUP) {
      groups.insert(0, "x" + group(n % GROUP) + "/");
    }
    return "tile/"
        + height
        + "/"
        + (level == DATA ? "data" : level)
        + "/"
        + groups
        + (isFull() ? "" : ".p/" + width);
  }

  private static String group(long n) {
    return Long.toString(GROUP + n).substring(1);
  }

  /// The hash above all those of a full tile, which stands in its parent.
  ///
  /// @param data of this tile, whole
  public TlogHash top(byte[] data) {
    return hash(TileTree.top(this), data);
  }

  /// The hash of a node that lies in this tile, at its bottom or above.
  ///
  /// @param data of this tile, whole
  TlogHash hash(TreeNode node, byte[] data) {
    int above = node.level() - level * height;
    int from = (int) ((node.number() << above) - (number << height));
    var hashes = new TlogHash[1 << above];
    for (int i = 0; i < hashes.length; i++) {
      hashes[i] = TlogHash.at(data, (from + i) * TlogHash.BYTES);
    }
    for (int left = hashes.length; left > 1; left /= 2) {
      for (int i = 0; i < left / 2; i++) {
        hashes[i] = TlogHash.node(hashes[2 * i], hashes[2 * i + 1]);
      }
    }
    return hashes[0];
  }

  @Override
  public String toString() {
    return path();
  }
}
