package dev.modgate.gomod.tlog;

import dev.modgate.gomod.quote.Quoted;
import java.io.IOException;

/// What a log commits to when it signs: how many records there are, and the root over them.
public record TreeHead(long size, TlogHash hash) {
  static final int MAX_LEVEL = 62;

  /// A power of two, and double of it fits into a long.
  public static final long MAX_SIZE = 1L << MAX_LEVEL;

  private static final String FIRST_LINE = "go.sum database tree";

  /// @throws IllegalArgumentException when the size is negative or more than [#MAX_SIZE]
  public TreeHead {
    checkSize(size);
  }

  /// Reads the text of a note. Lines behind the third are ignored: they are for additions that
  /// change nothing about the first three.
  ///
  /// @throws IllegalArgumentException saying what is wrong with the text
  public static TreeHead parse(String text) {
    String[] lines = text.split("\n", 4);
    if (!lines[0].equals(FIRST_LINE)) {
      throw new IllegalArgumentException(
          "tree head begins with " + Quoted.of(lines[0]) + ", want " + Quoted.of(FIRST_LINE));
    }
    if (lines.length < 4) {
      throw new IllegalArgumentException("tree head has not three whole lines");
    }
    if (!lines[1].matches("0|[1-9][0-9]{0,18}")) {
      throw new IllegalArgumentException(
          "tree head has the size " + Quoted.of(lines[1]) + ", want a decimal number");
    }
    return new TreeHead(parseSize(lines[1]), TlogHash.parse(lines[2]));
  }

  private static long parseSize(String digits) {
    try {
      return Long.parseLong(digits);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("tree head has the size " + digits + ", too large", e);
    }
  }

  /// The head of a tree whose hashes can be read.
  public static TreeHead of(long size, HashReader reader) throws IOException, TlogException {
    checkSize(size);
    if (size == 0) {
      return new TreeHead(0, TlogHash.EMPTY_TREE);
    }
    var all = new Records(0, size);
    return new TreeHead(size, all.hash(reader.read(all.nodes()).iterator()));
  }

  static void checkSize(long size) {
    if (size < 0 || size > MAX_SIZE) {
      throw new IllegalArgumentException("no tree has " + size + " records");
    }
  }

  /// What [#parse] reads, three lines.
  public String text() {
    return FIRST_LINE + "\n" + size + "\n" + hash + "\n";
  }

  @Override
  public String toString() {
    return "tree of " + size + " records with hash " + hash;
  }
}
