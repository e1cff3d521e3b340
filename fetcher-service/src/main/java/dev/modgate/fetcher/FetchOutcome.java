package dev.modgate.fetcher;

import dev.modgate.pipeline.event.DeferReason;
import dev.modgate.pipeline.event.Fetch;
import dev.modgate.pipeline.event.Files;
import dev.modgate.pipeline.event.RejectReason;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/// What came of fetching a module version, for all who asked for it.
sealed interface FetchOutcome {
  /// @param misses as `module-fetched` carries them; so are those untried
  record Fetched(
      Fetch fetch, Files files, List<String> misses, Map<Files.Kind, List<String>> untried)
      implements FetchOutcome {}

  /// For good.
  record Refused(RejectReason reason, String sentence) implements FetchOutcome {}

  record NotNow(DeferReason reason, String sentence) implements FetchOutcome {}

  /// Nothing can be fetched at all.
  record Down(String sentence, Duration retryAfter) implements FetchOutcome {}

  /// The thread that fetched was interrupted; who still wants the version fetches it itself.
  record Abandoned() implements FetchOutcome {}
}
