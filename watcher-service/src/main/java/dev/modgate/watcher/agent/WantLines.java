package dev.modgate.watcher.agent;

import dev.modgate.gomod.dirhash.H1;
import dev.modgate.pipeline.event.Claim;
import dev.modgate.watcher.plan.PlanItem;
import dev.modgate.watcher.wantlist.WantLine;
import java.util.Optional;
import java.util.stream.Stream;

/// The lines that say what a plan wants.
final class WantLines {
  private WantLines() {}

  /// What is wanted has a line, with a hash or without; what is claimed besides has one too. Of a
  /// zip that is not wanted nothing is said.
  static Stream<WantLine> of(PlanItem item) {
    Optional<H1> zip = claim(item, Claim.Subject.ZIP);
    Optional<H1> goMod = claim(item, Claim.Subject.GO_MOD);
    return switch (item.want()) {
      case ZIP ->
          Stream.concat(
              Stream.of(new WantLine(item.module(), false, zip)),
              goMod.stream().map(hash -> new WantLine(item.module(), true, Optional.of(hash))));
      case MOD -> Stream.of(new WantLine(item.module(), true, goMod));
    };
  }

  private static Optional<H1> claim(PlanItem item, Claim.Subject subject) {
    return item.claims().stream()
        .filter(claim -> claim.subject() == subject)
        .map(Claim::hash)
        .findFirst();
  }
}
