package dev.modgate.watcher.ledger;

import dev.modgate.pipeline.event.Want;
import dev.modgate.pipeline.store.Sha256;
import dev.modgate.watcher.plan.Plan;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;

/// One want of one module version, as text: it was checked where it came from.
record Need(String path, String version, Want want) implements Comparable<Need> {
  private static final Comparator<Need> ORDER =
      Comparator.comparing(Need::path).thenComparing(Need::version).thenComparing(Need::want);

  /// In their order.
  static List<Need> of(Plan plan) {
    return plan.items().stream()
        .map(item ->
            new Need(item.module().path().value(), item.module().version().toString(), item.want()))
        .sorted()
        .toList();
  }

  /// Lower-case hex; the same for the same needs.
  ///
  /// @param ordered in their order
  static String sha256(List<Need> ordered) {
    MessageDigest digest = Sha256.newDigest();
    for (Need need : ordered) {
      String line = need.path() + " " + need.version() + " " + need.want() + "\n";
      digest.update(line.getBytes(StandardCharsets.UTF_8));
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  @Override
  public int compareTo(Need other) {
    return ORDER.compare(this, other);
  }
}
