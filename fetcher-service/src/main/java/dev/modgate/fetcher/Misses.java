package dev.modgate.fetcher;

import dev.modgate.fetcher.source.Miss;
import dev.modgate.gomod.module.ModuleVersion;
import dev.modgate.pipeline.event.DeferReason;
import dev.modgate.pipeline.event.Refusal;
import dev.modgate.pipeline.event.RejectReason;
import java.util.List;
import java.util.stream.Collectors;

/// What the answers of upstreams that gave nothing come to.
final class Misses {
  private Misses() {}

  /// The mildest reading counts: only what every upstream agrees on is final. But where bytes were
  /// wrong and nobody has others, that is what is wrong with the module, never that it is absent.
  ///
  /// @param refusals of bytes that came earlier
  static FetchOutcome decide(ModuleVersion module, List<Miss> misses, List<Refusal> refusals) {
    String sentence = module + ": " + String.join("; ", sentences(module, misses));
    if (misses.stream().anyMatch(Miss::isOutage)) {
      return new FetchOutcome.NotNow(
          DeferReason.UPSTREAM_FAILED, sentence + earlier(refusals, "; refused: "));
    }
    if (!refusals.isEmpty()) {
      return new FetchOutcome.Refused(
          refusals.getFirst().reason(),
          module
              + ": "
              + earlier(refusals, "")
              + "; also tried: "
              + String.join("; ", sentences(module, misses)));
    }
    if (any(misses, Miss.Kind.TOO_LARGE)) {
      return new FetchOutcome.Refused(RejectReason.TOO_LARGE, sentence);
    }
    if (any(misses, Miss.Kind.BAD_ANSWER)) {
      return new FetchOutcome.NotNow(DeferReason.UPSTREAM_BAD_ANSWER, sentence);
    }
    return any(misses, Miss.Kind.REFUSED)
        ? new FetchOutcome.NotNow(DeferReason.UPSTREAM_REFUSED, sentence)
        : new FetchOutcome.NotNow(DeferReason.NOT_FOUND, sentence);
  }

  /// One a miss, without the module.
  static List<String> sentences(ModuleVersion module, List<Miss> misses) {
    String name = module + ": ";
    return misses.stream()
        .map(Miss::sentence)
        .map(s -> s.startsWith(name) ? s.substring(name.length()) : s)
        .toList();
  }

  private static String earlier(List<Refusal> refusals, String introduction) {
    return refusals.isEmpty()
        ? ""
        : refusals.stream()
            .map(r -> r.sentence() + " (from " + r.upstream() + ")")
            .collect(Collectors.joining("; ", introduction, ""));
  }

  private static boolean any(List<Miss> misses, Miss.Kind kind) {
    return misses.stream().anyMatch(m -> m.kind() == kind);
  }
}
