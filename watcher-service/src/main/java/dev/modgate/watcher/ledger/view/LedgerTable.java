package dev.modgate.watcher.ledger.view;

import java.io.IOException;
import java.io.Writer;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Uses as CSV: RFC 4180, CRLF, a header, and a byte order mark, by which a spreadsheet takes it
/// for UTF-8. A cell that a spreadsheet would take for a formula, because it begins with `=`, `+`,
/// `-`, `@`, a tab or a carriage return, gets an apostrophe before it.
final class LedgerTable {
  private static final String BYTE_ORDER_MARK = "\ufeff";
  private static final List<String> HEADER =
      List.of(
          "module",
          "version",
          "want",
          "in use",
          "state",
          "source",
          "repository",
          "owner",
          "lines",
          "first ref",
          "first commit",
          "first seen",
          "last ref",
          "last commit",
          "last seen",
          "newest known",
          "behind",
          "brought in by",
          "brought in at");

  private final Writer out;

  LedgerTable(Writer out) throws IOException {
    this.out = out;
    out.write(BYTE_ORDER_MARK);
    line(HEADER);
  }

  void add(Use use) throws IOException {
    Use.BroughtIn broughtIn = use.broughtIn();
    line(
        List.of(
            use.module(),
            use.version(),
            use.want(),
            Boolean.toString(use.inUse()),
            text(use.state()),
            use.source(),
            use.repository(),
            use.owner(),
            Integer.toString(use.lines()),
            use.first().ref(),
            use.first().commit(),
            use.first().at().toString(),
            use.last().ref(),
            use.last().commit(),
            use.last().at().toString(),
            text(use.newestKnown()),
            Boolean.toString(use.behind()),
            broughtIn == null ? "" : broughtIn.label(),
            broughtIn == null ? "" : broughtIn.at().toString()));
  }

  private static String text(@Nullable String value) {
    return value == null ? "" : value;
  }

  private void line(List<String> cells) throws IOException {
    out.write(cells.stream().map(LedgerTable::cell).collect(Collectors.joining(",")) + "\r\n");
  }

  static String cell(String text) {
    String safe = !text.isEmpty() && "=+-@\t\r".indexOf(text.charAt(0)) >= 0 ? "'" + text : text;
    return safe.chars().anyMatch(c -> c == ',' || c == '"' || c == '\r' || c == '\n')
        ? '"' + safe.replace("\"", "\"\"") + '"'
        : safe;
  }
}
