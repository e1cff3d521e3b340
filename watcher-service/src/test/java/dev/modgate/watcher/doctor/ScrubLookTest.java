package dev.modgate.watcher.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.modgate.pipeline.zone.ScrubState;
import dev.modgate.pipeline.zone.ScrubState.Cure;
import dev.modgate.pipeline.zone.ScrubState.Fault;
import dev.modgate.pipeline.zone.ScrubState.Pass;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ScrubLookTest {
  private static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");
  private static final Pass BEGUN = Pass.begin(NOW).at("a", 10);

  @Test
  void whereNothingWasSaidNothingIsFound() {
    assertThat(ScrubLook.judge(Optional.empty())).isEmpty();
    assertThat(judge(BEGUN, null)).isEmpty();
  }

  @Test
  void whatWasMendedIsNoProblem() {
    assertThat(judge(null, with(Cure.REPAIRED).end(NOW)))
        .contains(
            Finding.ok(
                "scrub",
                "the pass that ended at 2026-01-01T12:00:00Z left nothing wrong, 1 looked at"));
  }

  @Test
  void whatWasNotMendedIsAProblemAtOnce() {
    Optional<Finding> finding = judge(with(Cure.NONE), BEGUN.end(NOW));

    assertThat(finding).hasValueSatisfying(it -> assertThat(it.isOk()).isFalse());
    assertThat(finding.map(Finding::sentence))
        .contains("the pass under way found 1 things wrong inside that it could not mend");
  }

  private static Pass with(Cure cure) {
    return BEGUN.with(new ScrubState.Finding(NOW, "", "a", Fault.CHANGED, "a differs", cure));
  }

  private static Optional<Finding> judge(@Nullable Pass now, @Nullable Pass last) {
    return ScrubLook.judge(Optional.of(new ScrubState(now, last, "publisher", NOW)));
  }
}
