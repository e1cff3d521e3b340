package dev.modgate.watcher.watch;

import dev.modgate.gomod.module.ModulePath;
import dev.modgate.gomod.proxy.Latest;
import dev.modgate.gomod.quote.Quoted;
import dev.modgate.gomod.semver.Version;
import dev.modgate.watcher.source.RefPattern;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/// Modules whose new versions are brought inside without anybody asking.
///
/// @param name of the setting
/// @param modules which module paths: `*` is one element or a part of it, `**` anything
/// @param versions which versions, such as `v1.*`; empty for the latest one alone
/// @param preReleases whether these count too
/// @param notOlderThan by the time in their `.info`; empty for any age
/// @param every how often the upstreams are asked
/// @param insideAlone whether a pattern covers only modules of which a zip is inside, not all that
///   were ever asked for
public record Watch(
    String name,
    RefPattern modules,
    Optional<RefPattern> versions,
    boolean preReleases,
    Optional<Duration> notOlderThan,
    Duration every,
    boolean insideAlone) {
  private static final String LATEST = "latest";

  /// @param pattern `MODULES@VERSIONS`, such as `golang.org/x/*@latest` or `example.com/lib@v1.*`
  /// @throws IllegalArgumentException when it is none
  public static Watch of(
      String name,
      String pattern,
      boolean preReleases,
      Optional<Duration> notOlderThan,
      Duration every) {
    int at = pattern.indexOf('@');
    if (at < 1 || at == pattern.length() - 1) {
      throw new IllegalArgumentException(
          "is " + Quoted.of(pattern) + ", want MODULES@VERSIONS such as golang.org/x/*@latest");
    }
    String versions = pattern.substring(at + 1);
    if (!versions.equals(LATEST) && !versions.startsWith("v")) {
      throw new IllegalArgumentException(
          "is " + Quoted.of(pattern) + ", want latest or a pattern such as v1.* behind the @");
    }
    var watch =
        new Watch(
            name,
            new RefPattern(pattern.substring(0, at)),
            versions.equals(LATEST) ? Optional.empty() : Optional.of(new RefPattern(versions)),
            preReleases,
            notOlderThan,
            every,
            false);
    if (watch.isOne()) {
      var _ = watch.one();
    }
    return watch;
  }

  /// The latest version of modules that are inside: `go` reads retractions and deprecations from
  /// its go.mod, and looks for it in the list.
  ///
  /// @param modules a pattern as [#of] has it
  static Watch ofInside(String name, String modules, Duration every) {
    return new Watch(
        name, new RefPattern(modules), Optional.empty(), false, Optional.empty(), every, true);
  }

  /// Whether it names one module, which need not be known yet.
  boolean isOne() {
    return !insideAlone && modules.text().indexOf('*') < 0 && modules.text().indexOf('?') < 0;
  }

  ModulePath one() {
    return new ModulePath(modules.text());
  }

  boolean covers(ModulePath module) {
    return modules.matches(module.value());
  }

  /// Those of a list that this watch is about: of `latest` at most one.
  List<Version> among(Collection<Version> listed) {
    List<Version> counting =
        listed.stream().filter(version -> preReleases || !version.isPrerelease()).sorted().toList();
    if (versions.isPresent()) {
      RefPattern pattern = versions.get();
      return counting.stream().filter(version -> pattern.matches(version.toString())).toList();
    }
    return preReleases
        ? counting.isEmpty() ? List.of() : List.of(counting.getLast())
        : Latest.of(counting).stream().toList();
  }
}
