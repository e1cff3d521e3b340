package dev.modgate.verifier;

import dev.modgate.gomod.dirhash.H1;
import dev.modgate.pipeline.event.RejectReason;
import java.util.List;
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

  /// @param sentence names the module, and all that is wrong
  record Refused(RejectReason reason, String sentence) implements Verdict {}
}
