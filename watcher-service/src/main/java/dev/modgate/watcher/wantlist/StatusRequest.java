package dev.modgate.watcher.wantlist;

import dev.modgate.gomod.note.SignedNote;
import dev.modgate.gomod.note.SigningKey;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/// An agent asks for its statuses.
///
/// @param after the number up to which it has them
/// @param time when it asks, to the second
public record StatusRequest(String agent, long after, Instant time) {
  public static final int MOST_BYTES = 4096;

  /// By how much the clocks of both sides may differ.
  public static final Duration TOLERANCE = Duration.ofMinutes(5);

  private static final String FIRST_LINE = "modgate status request 1";

  public StatusRequest {
    PeerName.check("agent", agent);
    time = time.truncatedTo(ChronoUnit.SECONDS);
  }

  /// A signed note.
  public String write(SigningKey key) {
    String text = FIRST_LINE + "\nagent " + agent + "\nafter " + after + "\ntime " + time + "\n";
    return SignedNote.unsigned(text).signedBy(key).toString();
  }

  /// @throws RefusedException when the agent's key did not sign it, or not just now
  public static StatusRequest open(byte[] bytes, AgentKeys pinned, Instant now)
      throws RefusedException {
    String claimed = new String(bytes, StandardCharsets.UTF_8);
    int end = claimed.indexOf("\n\n");
    StatusRequest request;
    try {
      request = parse(claimed.substring(0, end + 1));
    } catch (IllegalArgumentException e) {
      throw new RefusedException(Refusal.MALFORMED, String.valueOf(e.getMessage()));
    }
    String signed = OpenedNote.text(bytes, pinned.of(request.agent()));
    if (!signed.equals(claimed.substring(0, end + 1))) {
      throw new RefusedException(Refusal.MALFORMED, "it has an empty line in its text");
    }
    Duration off = Duration.between(request.time(), now).abs();
    if (off.compareTo(TOLERANCE) > 0) {
      throw new RefusedException(
          Refusal.OUT_OF_TIME,
          "it was made at "
              + request.time()
              + ", and it is "
              + now.truncatedTo(ChronoUnit.SECONDS)
              + ": more than "
              + TOLERANCE.toMinutes()
              + " minutes between; look at both clocks");
    }
    return request;
  }

  private static StatusRequest parse(String text) {
    var lines = new HeaderLines(text);
    lines.expect(FIRST_LINE);
    var request = new StatusRequest(lines.name("agent"), lines.number("after"), lines.time("time"));
    lines.end();
    return request;
  }
}
