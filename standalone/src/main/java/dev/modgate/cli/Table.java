package dev.modgate.cli;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// Rows in columns, as wide as what is in them. In a terminal the widest columns are cut until a
/// row fits a line; what a program reads is whole.
final class Table {
  private static final int NARROWEST = 6;
  private static final String GAP = "  ";

  private record Range(int first, int last) {
    boolean contains(int codePoint) {
      return codePoint >= first && codePoint <= last;
    }
  }

  /// The blocks that Unicode's East Asian Width calls wide.
  private static final List<Range> WIDE =
      List.of(
          new Range(0x1100, 0x115f),
          new Range(0x2e80, 0xa4cf),
          new Range(0xac00, 0xd7a3),
          new Range(0xf900, 0xfaff),
          new Range(0xfe30, 0xfe6f),
          new Range(0xff00, 0xff60),
          new Range(0xffe0, 0xffe6),
          new Range(0x1f300, 0x1faff),
          new Range(0x20000, 0x3fffd));

  private final List<String[]> rows = new ArrayList<>();

  Table(String... header) {
    rows.add(header);
  }

  /// @param cells that print, one for each column
  void add(String... cells) {
    rows.add(cells);
  }

  boolean isEmpty() {
    return rows.size() == 1;
  }

  /// Columns of the terminal that shows what is printed, as the launcher found them; empty where
  /// none does.
  static Optional<Integer> screen() {
    return Optional.ofNullable(System.getProperty("modgate.columns"))
        .filter(columns -> columns.matches("[1-9][0-9]{1,3}"))
        .map(Integer::valueOf);
  }

  void print(PrintStream out, Optional<Integer> width) {
    int[] widths = new int[rows.getFirst().length];
    for (String[] row : rows) {
      for (int i = 0; i < row.length; i++) {
        widths[i] = Math.max(widths[i], width(row[i]));
      }
    }
    width.ifPresent(most -> fit(widths, most));
    for (String[] row : rows) {
      var line = new StringBuilder();
      for (int i = 0; i < row.length; i++) {
        String cell = cut(row[i], widths[i]);
        line.append(cell).append(" ".repeat(widths[i] - width(cell))).append(GAP);
      }
      out.println(line.toString().stripTrailing());
    }
  }

  private static void fit(int[] widths, int most) {
    while (Arrays.stream(widths).sum() + GAP.length() * (widths.length - 1) > most) {
      int widest = 0;
      for (int i = 1; i < widths.length; i++) {
        widest = widths[i] > widths[widest] ? i : widest;
      }
      if (widths[widest] <= NARROWEST) {
        return;
      }
      widths[widest]--;
    }
  }

  private static String cut(String text, int most) {
    if (width(text) <= most) {
      return text;
    }
    int end = 0;
    int used = 0;
    while (used + width(text.codePointAt(end)) < most) {
      used += width(text.codePointAt(end));
      end += Character.charCount(text.codePointAt(end));
    }
    return text.substring(0, end) + "…";
  }

  private static int width(String text) {
    return text.codePoints().map(Table::width).sum();
  }

  /// A terminal shows Chinese, Japanese and Korean characters two columns wide, and marks upon
  /// others in none.
  private static int width(int codePoint) {
    int type = Character.getType(codePoint);
    if (type == Character.NON_SPACING_MARK || type == Character.ENCLOSING_MARK) {
      return 0;
    }
    boolean wide = WIDE.stream().anyMatch(range -> range.contains(codePoint));
    return wide ? 2 : 1;
  }
}
