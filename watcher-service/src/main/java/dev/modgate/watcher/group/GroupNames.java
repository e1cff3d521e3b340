package dev.modgate.watcher.group;

import dev.modgate.gomod.quote.Quoted;
import dev.modgate.watcher.host.RepositoryPath;
import dev.modgate.watcher.source.RefPattern;
import dev.modgate.watcher.source.Source;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/// Takes the names that a host lists, and keeps those that are what they should be: a path below
/// the group's, that the patterns leave. For one listing.
final class GroupNames {
  private final Source.Place.Group group;
  private final String below;
  private final Set<String> seen = new HashSet<>();
  private final SortedSet<String> names = new TreeSet<>();
  private int refused;
  private String firstRefused = "";

  GroupNames(Source.Place.Group group) {
    this.group = group;
    this.below = group.path() + "/";
  }

  /// @return how many were not listed before
  int take(List<String> listed) {
    int news = 0;
    for (String name : listed) {
      if (seen.add(name.toLowerCase(Locale.ROOT))) {
        news++;
        take(name);
      }
    }
    return news;
  }

  private void take(String name) {
    if (!isBelow(name)) {
      refused++;
      firstRefused = refused == 1 ? Quoted.of(name) : firstRefused;
      return;
    }
    if (isLeft(name)) {
      names.add(name);
    }
  }

  private boolean isLeft(String name) {
    String shortName = name.substring(below.length());
    return (group.include().isEmpty() || matches(group.include(), shortName))
        && !matches(group.exclude(), shortName);
  }

  /// Whether the declaration means it, where the host lists it.
  boolean wants(String name) {
    return isBelow(name) && isLeft(name);
  }

  /// Hosts take upper and lower case for the same.
  private boolean isBelow(String name) {
    if (!name.regionMatches(true, 0, below, 0, below.length())) {
      return false;
    }
    try {
      var _ = RepositoryPath.parse(name);
      return true;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private static boolean matches(List<RefPattern> patterns, String name) {
    return patterns.stream().anyMatch(pattern -> pattern.matches(name));
  }

  int listed() {
    return seen.size();
  }

  Listing whole() {
    return new Listing(names, refused, sentence(), Optional.empty());
  }

  Listing broken(Listing.Broken why) {
    return new Listing(names, refused, sentence(), Optional.of(why));
  }

  private String sentence() {
    return refused == 0
        ? ""
        : refused
            + " names are no path below "
            + Quoted.of(group.path())
            + ", first "
            + firstRefused;
  }
}
