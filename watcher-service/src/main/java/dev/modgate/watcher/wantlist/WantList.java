package dev.modgate.watcher.wantlist;

import dev.modgate.gomod.note.SignedNote;
import dev.modgate.gomod.note.SigningKey;
import dev.modgate.pipeline.store.Sha256;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// What one commit needs, as it crosses.
///
/// @param lines in ascending order
public record WantList(WantListHeader header, List<WantLine> lines) {
  public static final int MOST_BYTES = 16 << 20;

  public WantList {
    lines = List.copyOf(lines);
  }

  /// What the lines are about.
  ///
  /// @param agent the key's name
  public record About(String agent, long number, Instant created, String source, String commit) {}

  /// The bytes of a signed list; the same again for the same arguments.
  ///
  /// @param lines in any order
  /// @throws IllegalArgumentException when there can't be such a list
  public static String write(About about, Collection<WantLine> lines, SigningKey key) {
    var ordered = new TreeSet<>(lines);
    String body = ordered.stream().map(line -> line + "\n").collect(Collectors.joining());
    var header =
        new WantListHeader(
            about.agent(),
            about.number(),
            about.created(),
            about.source(),
            about.commit(),
            ordered.size(),
            sha256(body.getBytes(StandardCharsets.UTF_8)));
    String list = SignedNote.unsigned(header.text()).signedBy(key) + "\n" + body;
    int bytes = list.getBytes(StandardCharsets.UTF_8).length;
    if (bytes > MOST_BYTES) {
      throw new IllegalArgumentException(
          "the list has " + bytes + " bytes, at most " + MOST_BYTES + " cross");
    }
    return list;
  }

  static String sha256(byte[] bytes) {
    return HexFormat.of().formatHex(Sha256.newDigest().digest(bytes));
  }
}
