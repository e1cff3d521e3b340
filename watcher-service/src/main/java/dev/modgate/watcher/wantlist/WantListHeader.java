package dev.modgate.watcher.wantlist;

import dev.modgate.gomod.quote.Quoted;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.regex.Pattern;

/// What an agent signs of a want list.
///
/// @param number above all numbers of this agent's earlier lists
/// @param created to the second
/// @param sha256 of the bytes of the lines, in lower-case hex
public record WantListHeader(
    String agent,
    long number,
    Instant created,
    String source,
    String commit,
    int lines,
    String sha256) {
  public static final int MOST_LINES = 100_000;

  private static final String FIRST_LINE = "modgate want list 1";
  private static final Pattern COMMIT = Pattern.compile("[0-9a-f]{40}|[0-9a-f]{64}");
  private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");

  /// @throws IllegalArgumentException when there can't be such a list
  public WantListHeader {
    PeerName.check("agent", agent);
    PeerName.check("source", source);
    if (number < 1) {
      throw new IllegalArgumentException("number is " + number + ", want 1 or more");
    }
    if (!COMMIT.matcher(commit).matches()) {
      throw new IllegalArgumentException("commit " + Quoted.of(commit) + " is none");
    }
    if (lines < 0 || lines > MOST_LINES) {
      throw new IllegalArgumentException("lines is " + lines + ", want 0 to " + MOST_LINES);
    }
    if (!SHA256.matcher(sha256).matches()) {
      throw new IllegalArgumentException("sha256 " + Quoted.of(sha256) + " is none");
    }
    created = created.truncatedTo(ChronoUnit.SECONDS);
  }

  /// @throws IllegalArgumentException naming the line that is wrong
  static WantListHeader parse(String text) {
    var lines = new HeaderLines(text);
    lines.expect(FIRST_LINE);
    String agent = lines.name("agent");
    long number = lines.number("number");
    Instant created = lines.time("created");
    String source = lines.name("source");
    String commit = lines.matching("commit", COMMIT, "40 or 64 hex digits");
    long count = lines.number("lines");
    if (count > MOST_LINES) {
      throw lines.fault("has " + count + ", want at most " + MOST_LINES);
    }
    String sha256 = lines.matching("sha256", SHA256, "64 hex digits");
    lines.end();
    return new WantListHeader(agent, number, created, source, commit, (int) count, sha256);
  }

  /// As it is signed.
  String text() {
    return FIRST_LINE
        + "\nagent "
        + agent
        + "\nnumber "
        + number
        + "\ncreated "
        + created
        + "\nsource "
        + source
        + "\ncommit "
        + commit
        + "\nlines "
        + lines
        + "\nsha256 "
        + sha256
        + "\n";
  }

  /// Of its file.
  public String fileName() {
    return agent + "-" + number + ".want";
  }
}
