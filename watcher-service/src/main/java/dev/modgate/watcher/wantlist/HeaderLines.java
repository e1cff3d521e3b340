package dev.modgate.watcher.wantlist;

import dev.modgate.gomod.quote.Quoted;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.regex.Pattern;

/// Reads the lines of a signed text in their one order; used once. Each fault is an
/// [IllegalArgumentException] whose sentence names the line.
final class HeaderLines {
  private static final Pattern NUMBER = Pattern.compile("0|[1-9][0-9]{0,18}");

  private final String[] lines;
  private int next;

  /// @param text ends in a line feed
  HeaderLines(String text) {
    this.lines = text.split("\n", -1);
  }

  /// The line itself.
  void expect(String line) {
    String found = line();
    if (!found.equals(line)) {
      throw fault("is " + Quoted.of(found) + ", want " + Quoted.of(line));
    }
  }

  /// What stands behind the key and one blank.
  String value(String key) {
    String found = line();
    if (!found.startsWith(key + " ")) {
      throw fault("is " + Quoted.of(found) + ", want " + Quoted.of(key + " …"));
    }
    return found.substring(key.length() + 1);
  }

  String name(String key) {
    String value = value(key);
    if (!PeerName.fits(value)) {
      throw fault("has " + Quoted.of(value) + ", which is no name of an agent or a source");
    }
    return value;
  }

  long number(String key) {
    return number(key, value(key));
  }

  long number(String key, String value) {
    try {
      if (NUMBER.matcher(value).matches()) {
        return Long.parseLong(value);
      }
    } catch (NumberFormatException e) {
      // said below
    }
    throw fault("has " + Quoted.of(value) + ", want a whole number as " + key);
  }

  Instant time(String key) {
    String value = value(key);
    try {
      Instant time = Instant.parse(value);
      if (time.toString().equals(value) && time.truncatedTo(ChronoUnit.SECONDS).equals(time)) {
        return time;
      }
    } catch (DateTimeException e) {
      // said below
    }
    throw fault("has " + Quoted.of(value) + ", want a time such as 2026-01-01T00:00:00Z");
  }

  String matching(String key, Pattern form, String wanted) {
    String value = value(key);
    if (!form.matcher(value).matches()) {
      throw fault("has " + Quoted.of(value) + ", want " + wanted);
    }
    return value;
  }

  /// Whether the next line begins so.
  boolean begins(String prefix) {
    return next < lines.length - 1 && lines[next].startsWith(prefix);
  }

  /// Nothing may be left.
  void end() {
    if (next < lines.length - 1) {
      next++;
      throw fault("is " + Quoted.of(lines[next - 1]) + ", want none");
    }
  }

  private String line() {
    if (next >= lines.length - 1) { // behind the last line feed is nothing
      throw new IllegalArgumentException("it has " + next + " lines, want more");
    }
    return lines[next++];
  }

  IllegalArgumentException fault(String why) {
    return new IllegalArgumentException("line " + next + " " + why);
  }
}
