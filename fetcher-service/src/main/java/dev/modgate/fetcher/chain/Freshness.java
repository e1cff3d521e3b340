package dev.modgate.fetcher.chain;

import dev.modgate.gomod.module.ModulePath;
import dev.modgate.gomod.semver.Version;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Whether one upstream lags behind the others: what each says is the latest version of some
/// modules.
///
/// @param compared of how many modules another one said something, too
/// @param behind of how many of these another one has a higher version
/// @param example of one that is behind, for people; empty where none is
record Freshness(int compared, int behind, String example) {

  /// @param own what this one said
  /// @param others what each other one said
  static Freshness of(Map<ModulePath, Version> own, List<Map<ModulePath, Version>> others) {
    int compared = 0;
    int behind = 0;
    String example = "";
    for (var said : own.entrySet()) {
      Optional<Version> highest =
          others.stream()
              .flatMap(other -> Optional.ofNullable(other.get(said.getKey())).stream())
              .max(Version::compareTo);
      if (highest.isPresent()) {
        compared++;
        if (highest.get().compareTo(said.getValue()) > 0) {
          behind++;
          example =
              said.getKey()
                  + ": its latest is "
                  + said.getValue()
                  + ", another has "
                  + highest.get();
        }
      }
    }
    return new Freshness(compared, behind, example);
  }
}
