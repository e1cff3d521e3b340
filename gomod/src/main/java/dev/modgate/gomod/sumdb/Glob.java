package dev.modgate.gomod.sumdb;

import dev.modgate.gomod.quote.Quoted;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/// A pattern as Go's `path.Match` reads it, held against the beginning of a path. The time that
/// this takes grows with the lengths of both, whatever the pattern.
///
/// @param slashes in the pattern
record Glob(List<Part> parts, int slashes) {

  /// @param anyText stands for any number of such characters, else for one
  private record Part(Characters characters, boolean anyText) {
    boolean fits(char c) {
      return characters.include(c);
    }
  }

  private interface Characters {
    boolean include(char c);
  }

  /// @throws IllegalArgumentException naming the pattern when it is broken
  static Glob parse(String glob) {
    return new Glob(new Reader(glob).read(), (int) glob.chars().filter(c -> c == '/').count());
  }

  boolean matchesBeginningOf(String path) {
    int end = -1;
    for (int i = 0; i <= slashes; i++) {
      if (end == path.length()) {
        return false; // fewer elements than the pattern has
      }
      int slash = path.indexOf('/', end + 1);
      end = slash < 0 ? path.length() : slash;
    }
    return matches(path.substring(0, end));
  }

  private boolean matches(String text) {
    var reached = new BitSet(); // beginnings of the text that the parts so far can stand for
    reached.set(0);
    for (Part part : parts) {
      var next = new BitSet();
      for (int end = 0; end <= text.length(); end++) {
        boolean fits = end > 0 && part.fits(text.charAt(end - 1));
        if (part.anyText()) {
          next.set(end, reached.get(end) || (fits && next.get(end - 1)));
        } else {
          next.set(end, fits && reached.get(end - 1));
        }
      }
      reached = next;
    }
    return reached.get(text.length());
  }

  private static final class Reader {
    private final String glob;
    private int at;

    Reader(String glob) {
      this.glob = glob;
    }

    List<Part> read() {
      var parts = new ArrayList<Part>();
      while (at < glob.length()) {
        char c = glob.charAt(at++);
        parts.add(
            switch (c) {
              case '*' -> new Part(any -> any != '/', true);
              case '?' -> new Part(any -> any != '/', false);
              case '[' -> new Part(characterClass(), false);
              case '\\' -> literal(next());
              default -> literal(c);
            });
      }
      return List.copyOf(parts);
    }

    private static Part literal(char wanted) {
      return new Part(c -> c == wanted, false);
    }

    /// May stand for a slash too, unlike the others.
    private Characters characterClass() {
      boolean negated = peek() == '^';
      if (negated) {
        at++;
      }
      var in = new BitSet();
      boolean first = true;
      while (first || peek() != ']') {
        char low = bound();
        char high = low;
        if (peek() == '-') {
          at++;
          high = bound();
        }
        if (low <= high) {
          in.set(low, high + 1);
        }
        first = false;
      }
      at++;
      return c -> in.get(c) != negated;
    }

    private char bound() {
      char c = next();
      if (c == '-' || c == ']') {
        throw broken();
      }
      return c == '\\' ? next() : c;
    }

    private char peek() {
      if (at == glob.length()) {
        throw broken();
      }
      return glob.charAt(at);
    }

    private char next() {
      char c = peek();
      at++;
      return c;
    }

    private IllegalArgumentException broken() {
      return new IllegalArgumentException("pattern " + Quoted.of(glob) + " is broken");
    }
  }
}
