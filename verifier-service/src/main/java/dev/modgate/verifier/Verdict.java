package dev.modgate.verifier;

import dev.modgate.gomod.dirhash.H1;
import dev.modgate.pipeline.event.Files;
import dev.modgate.pipeline.event.RejectReason;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What is decided about one module version.
sealed interface Verdict {

  /// @param zipHash null for a want of `MOD`
  /// @param checks each check that passed, one sentence a check
  record Accepted(@Nullable H1 zipHash, H1 goModHash, List<String> checks) implements Verdict {
    public Accepted {
      checks = List.copyOf(checks);
    }
  }

  /// @param sentence all that is wrong, without the module
  /// @param suspects the files that may be wrong, so that another upstream may have them right;
  ///   empty where no other bytes would help
  record Refused(RejectReason reason, String sentence, Set<Files.Kind> suspects)
      implements Verdict {
    public Refused {
      suspects = Set.copyOf(suspects);
    }
  }
}
