package dev.modgate.pipeline.event;

import static java.util.Objects.requireNonNull;

import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What one upstream gave for a module version, and was refused. Who asks again asks this upstream
/// last for these files.
///
/// @param upstream the entry of the GOPROXY list, without credentials
/// @param files those that may be the wrong ones; at least one
/// @param sentence what is wrong with them, both sides named, without the module; cut at 500
///   characters
public record Refusal(
    String upstream, Set<Files.Kind> files, RejectReason reason, String sentence) {
  /// Most that an event carries, so that no chain of upstreams, however long, is asked for ever.
  public static final int MOST = 32;

  private static final int SENTENCE = 500;

  public Refusal {
    requireNonNull(upstream, "no upstream");
    requireNonNull(files, "no files");
    requireNonNull(reason, "no reason");
    requireNonNull(sentence, "no sentence");
    files = Collections.unmodifiableSet(EnumSet.copyOf(files));
    sentence = Limits.cut(SENTENCE, sentence);
  }

  /// @param all null in an event of code that did not know of refusals
  static List<Refusal> most(@Nullable List<Refusal> all) {
    return all == null ? List.of() : Limits.first(MOST, all);
  }
}
