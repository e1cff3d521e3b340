package dev.modgate.pipeline.zone;

import dev.modgate.gomod.quote.Quoted;
import dev.modgate.pipeline.event.EventJson;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/// How far the scrub is. Lies in the zone store, so that whoever comes next goes on there, and is
/// told through the status topic, under [#STATUS_KEY].
///
/// @param now the pass under way; null between two
/// @param last the newest pass that came to its end; null before the first
/// @param holder the publisher that scrubs
/// @param until when another one may take over, unless this one says more
public record ScrubState(@Nullable Pass now, @Nullable Pass last, String holder, Instant until) {
  /// Key in the status topic.
  public static final String STATUS_KEY = "scrub";

  /// Largest one, in bytes.
  public static final int MAX_BYTES = 256 * 1024;

  /// So many findings of a pass are kept, the first ones; all are counted.
  public static final int MAX_FINDINGS = 100;

  private static final int MAX_SENTENCE = 1000;

  /// One walk over everything.
  ///
  /// @param finished null while it is under way
  /// @param position the last key that was looked at; null before the first
  /// @param objects looked at
  /// @param bytes hashed
  /// @param found how many things were wrong
  /// @param cured how many of these are no longer, or will be when they were fetched again
  public record Pass(
      Instant started,
      @Nullable Instant finished,
      @Nullable String position,
      long objects,
      long bytes,
      long found,
      long cured,
      List<Finding> findings) {
    public Pass {
      findings = List.copyOf(findings);
    }

    public static Pass begin(Instant now) {
      return new Pass(now, null, null, 0, 0, 0, 0, List.of());
    }

    public Pass at(String key, long moreBytes) {
      return new Pass(
          started, finished, key, objects + 1, bytes + moreBytes, found, cured, findings);
    }

    public Pass with(Finding finding) {
      var more = new ArrayList<>(findings);
      if (more.size() < MAX_FINDINGS) {
        more.add(finding);
      }
      boolean helped = finding.cure() != Cure.NONE;
      return new Pass(
          started, finished, position, objects, bytes, found + 1, cured + (helped ? 1 : 0), more);
    }

    public Pass end(Instant now) {
      return new Pass(started, now, position, objects, bytes, found, cured, findings);
    }
  }

  /// What was done about a finding.
  public enum Cure {
    /// It is as it should be again.
    REPAIRED,
    /// The watcher has it fetched and verified again.
    ASKED_AGAIN,
    /// The bytes were taken away, and are kept below `_modgate/aside/`.
    SET_ASIDE,
    /// Somebody has to look.
    NONE
  }

  /// What kind of wrong.
  public enum Fault {
    /// Other bytes than were verified.
    CHANGED,
    /// Not there.
    MISSING,
    /// Inside, but not named by `list`, `@latest` or the checksum database.
    INVISIBLE,
    /// What says that it was verified can't be read, or was not signed so.
    UNPROVEN,
    /// No publisher has put it there, or none has finished.
    FOREIGN,
    /// The store can't give it.
    UNREADABLE
  }

  /// Something wrong.
  ///
  /// @param store where; empty for the zone store itself, else the replica's name
  /// @param sentence for people, both sides named
  public record Finding(
      Instant at, String store, String key, Fault fault, String sentence, Cure cure) {
    public Finding {
      sentence = sentence.substring(0, Math.min(sentence.length(), MAX_SENTENCE));
    }
  }

  public static ScrubState none() {
    return new ScrubState(null, null, "", Instant.EPOCH);
  }

  public Optional<Pass> underWay() {
    return Optional.ofNullable(now);
  }

  public byte[] toJson() {
    return EventJson.mapper().writeValueAsBytes(this);
  }

  /// @throws IOException when it is none
  public static ScrubState read(byte[] json) throws IOException {
    try {
      return EventJson.mapper().readValue(json, ScrubState.class);
    } catch (JacksonException | IllegalArgumentException e) {
      throw new IOException(
          "scrub state is unreadable: " + Quoted.of(String.valueOf(e.getMessage())), e);
    }
  }
}
