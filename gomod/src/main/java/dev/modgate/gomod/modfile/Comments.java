package dev.modgate.gomod.modfile;

import java.util.ArrayList;
import java.util.List;

/// The comments that stand above a statement, as far as they are kept.
final class Comments {
  /// Of all that stands above one statement; what comes after it is forgotten.
  static final int MAX_BYTES = 16 << 10;

  private final List<String> lines = new ArrayList<>();
  private int room = MAX_BYTES;

  /// Takes the comment of the line.
  void add(Lexer line) {
    if (room > 0) {
      String comment = line.comment(room);
      lines.add(comment);
      room -= comment.length() + 1;
    }
  }

  boolean isEmpty() {
    return lines.isEmpty();
  }

  /// All of them, a line each, which are then forgotten.
  String take() {
    String all = String.join("\n", lines);
    clear();
    return all;
  }

  void clear() {
    lines.clear();
    room = MAX_BYTES;
  }
}
