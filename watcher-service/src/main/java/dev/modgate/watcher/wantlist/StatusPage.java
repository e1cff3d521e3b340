package dev.modgate.watcher.wantlist;

import dev.modgate.gomod.note.SignedNote;
import dev.modgate.gomod.note.SigningKey;
import dev.modgate.gomod.note.VerifierKey;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/// Some statuses for one agent.
///
/// @param after the number up to which the agent has them
/// @param created to the second
/// @param statuses with numbers above `after`, ascending
public record StatusPage(String agent, long after, Instant created, List<Numbered> statuses) {
  public static final int MOST_STATUSES = 25;

  private static final String FIRST_LINE = "modgate statuses 1";
  private static final String SENTENCE = "- ";

  public record Numbered(long number, CommitStatus status) {}

  /// @throws IllegalArgumentException when there can't be such a page
  public StatusPage {
    PeerName.check("agent", agent);
    if (statuses.size() > MOST_STATUSES) {
      throw new IllegalArgumentException("it has more than " + MOST_STATUSES + " statuses");
    }
    long last = after;
    for (Numbered status : statuses) {
      if (status.number() <= last) {
        throw new IllegalArgumentException(
            "status " + status.number() + " does not come after " + last);
      }
      last = status.number();
    }
    created = created.truncatedTo(ChronoUnit.SECONDS);
    statuses = List.copyOf(statuses);
  }

  public long through() {
    return statuses.isEmpty() ? after : statuses.getLast().number();
  }

  /// Of its file.
  public String fileName() {
    return agent + "-status-" + through() + ".status";
  }

  /// A signed note.
  public String write(SigningKey key) {
    var text = new StringBuilder();
    text.append(FIRST_LINE);
    text.append("\nagent ").append(agent);
    text.append("\nafter ").append(after);
    text.append("\nthrough ").append(through());
    text.append("\ncreated ").append(created).append('\n');
    for (Numbered one : statuses) {
      CommitStatus status = one.status();
      text.append(
          "status %d %s %s %s %d %d %d\n"
              .formatted(
                  one.number(),
                  status.source(),
                  status.commit(),
                  status.state().wireName(),
                  status.total(),
                  status.inside(),
                  status.rejected()));
      status.sentences().forEach(s -> text.append(SENTENCE).append(s).append('\n'));
    }
    return SignedNote.unsigned(text.toString()).signedBy(key).toString();
  }

  /// @param pinned the watcher's public keys
  /// @throws RefusedException when these are no statuses that one of the keys has signed
  public static StatusPage open(byte[] bytes, List<VerifierKey> pinned) throws RefusedException {
    String text = OpenedNote.text(bytes, pinned);
    try {
      return parse(text);
    } catch (IllegalArgumentException e) {
      throw new RefusedException(Refusal.MALFORMED, String.valueOf(e.getMessage()));
    }
  }

  private static StatusPage parse(String text) {
    var lines = new HeaderLines(text);
    lines.expect(FIRST_LINE);
    String agent = lines.name("agent");
    long after = lines.number("after");
    long through = lines.number("through");
    Instant created = lines.time("created");
    var statuses = new ArrayList<Numbered>();
    while (lines.begins("status ")) {
      statuses.add(status(lines));
    }
    lines.end();
    var page = new StatusPage(agent, after, created, statuses);
    if (page.through() != through) {
      throw new IllegalArgumentException("it goes to " + page.through() + ", but says " + through);
    }
    return page;
  }

  private static Numbered status(HeaderLines lines) {
    String[] fields = lines.value("status").split(" ", -1);
    if (fields.length != 7) {
      throw lines.fault("has " + fields.length + " fields behind its key, want 7");
    }
    long number = lines.number("number", fields[0]);
    var state = CommitStatus.State.ofWireName(fields[3]);
    int total = count(lines, "total", fields[4]);
    int inside = count(lines, "inside", fields[5]);
    int rejected = count(lines, "rejected", fields[6]);
    var sentences = new ArrayList<String>();
    while (sentences.size() < CommitStatus.MOST_SENTENCES && lines.begins(SENTENCE)) {
      sentences.add(lines.value("-"));
    }
    return new Numbered(
        number, new CommitStatus(fields[1], fields[2], state, total, inside, rejected, sentences));
  }

  private static int count(HeaderLines lines, String key, String value) {
    return (int) Math.min(Integer.MAX_VALUE, lines.number(key, value));
  }
}
