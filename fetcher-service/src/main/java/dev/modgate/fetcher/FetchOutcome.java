package dev.modgate.fetcher;

import dev.modgate.pipeline.event.DeferReason;
import dev.modgate.pipeline.event.Fetch;
import dev.modgate.pipeline.event.Files;
import java.time.Duration;

/// What came of fetching a module version, for all who asked for it.
sealed interface FetchOutcome {
  record Fetched(Fetch fetch, Files files) implements FetchOutcome {}

  record TooLarge(String sentence) implements FetchOutcome {}

  record NotNow(DeferReason reason, String sentence) implements FetchOutcome {}

  /// Nothing can be fetched at all.
  record Down(String sentence, Duration retryAfter) implements FetchOutcome {}

  /// The thread that fetched was interrupted; who still wants the version fetches it itself.
  record Abandoned() implements FetchOutcome {}
}
