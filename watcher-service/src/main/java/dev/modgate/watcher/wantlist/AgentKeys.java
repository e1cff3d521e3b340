package dev.modgate.watcher.wantlist;

import dev.modgate.gomod.note.VerifierKey;
import java.util.List;

/// The public keys that are pinned of each agent.
@FunctionalInterface
public interface AgentKeys {
  /// Empty where no agent is called so.
  List<VerifierKey> of(String agent);
}
