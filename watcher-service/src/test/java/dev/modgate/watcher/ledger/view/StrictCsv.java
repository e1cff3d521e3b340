package dev.modgate.watcher.ledger.view;

import java.util.ArrayList;
import java.util.List;

/// Reads CSV by the letter of RFC 4180.
final class StrictCsv {
  private final String text;
  private int at;

  private StrictCsv(String text) {
    this.text = text;
  }

  /// @throws IllegalArgumentException where it is none
  static List<List<String>> read(String text) {
    var reader = new StrictCsv(text);
    var rows = new ArrayList<List<String>>();
    while (reader.at < text.length()) {
      rows.add(reader.row());
    }
    return rows;
  }

  private List<String> row() {
    var cells = new ArrayList<String>();
    while (true) {
      cells.add(text.charAt(at) == '"' ? quoted() : bare());
      if (text.startsWith("\r\n", at)) {
        at += 2;
        return cells;
      }
      if (text.charAt(at) != ',') {
        throw new IllegalArgumentException("at " + at + ": want , or CRLF after a cell");
      }
      at++;
    }
  }

  private String bare() {
    int begin = at;
    while (",\r\n".indexOf(text.charAt(at)) < 0) {
      if (text.charAt(at) == '"') {
        throw new IllegalArgumentException("at " + at + ": a quote in a bare cell");
      }
      at++;
    }
    return text.substring(begin, at);
  }

  private String quoted() {
    var cell = new StringBuilder();
    at++;
    while (true) {
      char c = text.charAt(at++);
      if (c != '"') {
        cell.append(c);
      } else if (at < text.length() && text.charAt(at) == '"') {
        cell.append('"');
        at++;
      } else {
        return cell.toString();
      }
    }
  }
}
