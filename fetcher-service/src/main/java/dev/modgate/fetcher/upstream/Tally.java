package dev.modgate.fetcher.upstream;

import dev.modgate.fetcher.measure.Measures;
import dev.modgate.fetcher.resilience.Breaker;
import dev.modgate.fetcher.source.Answer;
import dev.modgate.gomod.module.ModulePath;
import dev.modgate.gomod.module.ModuleVersion;
import dev.modgate.pipeline.store.BlobRef;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/// What came of the requests to an upstream. Safe for use by many threads.
final class Tally {
  private static final int RECENT = 64;

  private final Measures measures;
  private final Clock clock;
  private final LongAdder files = new LongAdder();
  private final LongAdder absent = new LongAdder();
  private final LongAdder failures = new LongAdder();
  private volatile String lastError = "";
  private volatile @Nullable Instant lastErrorAt;
  private volatile UpstreamStatus.@Nullable Probe probe;
  private final Map<ModulePath, Boolean> recent =
      new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<ModulePath, Boolean> eldest) {
          return size() > RECENT;
        }
      };

  Tally(Measures measures, Clock clock) {
    this.measures = measures;
    this.clock = clock;
  }

  Measures measures() {
    return measures;
  }

  void answered(ModuleVersion module, Answer<BlobRef> answer, Pace pace) {
    switch (answer) {
      case Answer.Got<BlobRef> got -> {
        works(pace);
        files.increment();
        synchronized (recent) {
          recent.put(module.path(), true);
        }
      }
      case Answer.Missed<BlobRef>(var miss) -> {
        switch (miss.kind()) {
          case ABSENT -> {
            works(pace);
            absent.increment();
          }
          case BAD_ANSWER -> failed(miss.sentence(), pace);
          case REFUSED, TOO_LARGE, FAILED, UNREACHABLE, NOT_ASKED -> {
            works(pace);
            says(miss.sentence());
          }
        }
      }
    }
  }

  private void works(Pace pace) {
    measures.answered(pace.waited());
    measures.received(pace.bytes(), pace.reading());
  }

  void failed(String sentence, Pace pace) {
    measures.failed();
    measures.received(pace.bytes(), pace.reading());
    failures.increment();
    says(sentence);
  }

  /// What went wrong.
  void says(String sentence) {
    lastError = sentence;
    lastErrorAt = clock.instant();
  }

  String lastError() {
    return lastError;
  }

  /// The modules that it gave files of lately, the youngest last.
  List<ModulePath> recent() {
    synchronized (recent) {
      return List.copyOf(recent.keySet());
    }
  }

  void probed(UpstreamStatus.Probe last) {
    probe = last;
  }

  UpstreamStatus status(String name, Breaker breaker) {
    return new UpstreamStatus(
        name,
        breaker.state(),
        breaker.isShut(),
        breaker.since(),
        lastError,
        lastErrorAt,
        new UpstreamStatus.Counts(files.sum(), absent.sum(), failures.sum()),
        measures.snapshot(),
        probe);
  }
}
