package dev.modgate.watcher.notify.message;

import dev.modgate.gomod.quote.Plain;
import java.net.URI;
import java.util.List;

/// A line of a message, in parts that each service writes in its own way.
public record Line(List<Part> parts) {
  private static final int LONGEST_NAME = 200;
  private static final int LONGEST_SENTENCE = 500;

  public Line {
    parts = List.copyOf(parts);
  }

  /// A piece of a line.
  public sealed interface Part {
    /// In our own words.
    record Text(String text) implements Part {}

    /// The same, to be seen first.
    record Strong(String text) implements Part {}

    /// In somebody else's: it prints, is of bounded length and on one line, and all else in it is
    /// to be shown, never obeyed.
    record Foreign(String text) implements Part {}

    record Link(String text, URI to) implements Part {}
  }

  static Line of(Part... parts) {
    return new Line(List.of(parts));
  }

  static Part text(String text) {
    return new Part.Text(text);
  }

  static Part strong(String text) {
    return new Part.Strong(text);
  }

  static Part name(String text) {
    return new Part.Foreign(cut(Plain.of(text), LONGEST_NAME));
  }

  static Part sentence(String text) {
    return new Part.Foreign(cut(Plain.of(text), LONGEST_SENTENCE));
  }

  private static String cut(String text, int most) {
    if (text.length() <= most) {
      return text;
    }
    int end = Character.isHighSurrogate(text.charAt(most - 2)) ? most - 2 : most - 1;
    return text.substring(0, end) + "…";
  }
}
