package dev.modgate.gomod.proxy;

import dev.modgate.gomod.semver.Version;
import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;
import java.util.function.Predicate;

/// Which of a module's versions `@latest` names: the highest release, else the highest pre-release,
/// else the newest pseudo-version.
///
/// The `go` command asks for `@latest` only where `@v/list` has nothing that suits. Retractions,
/// and its rule that `+incompatible` yields to a version with a go.mod, are for the client.
///
/// Source: https://go.dev/ref/mod#version-queries
public final class Latest {
  private Latest() {}

  /// Empty where there are no versions.
  public static Optional<Version> of(Collection<Version> versions) {
    return highest(versions, v -> !v.isPrerelease())
        .or(() -> highest(versions, v -> v.isPrerelease() && !v.isPseudo()))
        .or(() -> newestPseudo(versions));
  }

  private static Optional<Version> highest(Collection<Version> versions, Predicate<Version> of) {
    return versions.stream().filter(of).max(Comparator.naturalOrder());
  }

  private static Optional<Version> newestPseudo(Collection<Version> versions) {
    return versions.stream()
        .filter(Version::isPseudo)
        .max(Comparator.comparing(Latest::commitTime).thenComparing(Comparator.naturalOrder()));
  }

  /// `yyyymmddhhmmss`: the 14 digits before the last hyphen, whose order is that of time.
  private static String commitTime(Version pseudo) {
    String text = pseudo.toString();
    int hyphen = text.lastIndexOf('-');
    return text.substring(hyphen - 14, hyphen);
  }
}
