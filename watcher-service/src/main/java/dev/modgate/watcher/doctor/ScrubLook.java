package dev.modgate.watcher.doctor;

import dev.modgate.pipeline.zone.ScrubState;
import java.util.Optional;

/// What the scrub found, judged.
final class ScrubLook {
  private static final String NAME = "scrub";

  private ScrubLook() {}

  /// @return empty where no publisher said anything of it
  static Optional<Finding> judge(Optional<ScrubState> told) {
    return told.flatMap(state ->
        state
            .underWay()
            .filter(pass -> left(pass) > 0)
            .or(() -> Optional.ofNullable(state.last()))
            .map(ScrubLook::judge));
  }

  private static Finding judge(ScrubState.Pass pass) {
    String when =
        pass.finished() == null
            ? "the pass under way"
            : "the pass that ended at " + pass.finished();
    return left(pass) > 0
        ? Finding.problem(
            NAME,
            when + " found " + left(pass) + " things wrong inside that it could not mend",
            "modgate scrub names them")
        : Finding.ok(NAME, when + " left nothing wrong, " + pass.objects() + " looked at");
  }

  private static long left(ScrubState.Pass pass) {
    return pass.found() - pass.cured();
  }
}
