package dev.modgate.watcher.notify.channel;

import dev.modgate.watcher.happening.EventKind;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Somewhere notifications go.
///
/// @param name lower-case letters, digits, `-`, at most 63
/// @param linkBase what links begin with; empty for where people find this watcher
public record Channel(
    String name,
    Receiver receiver,
    Language language,
    Set<EventKind> events,
    Route route,
    Optional<URI> linkBase) {
  public Channel {
    events = Set.copyOf(events);
  }

  /// Whose events: those of a source that one pattern of each list matches. No patterns match
  /// everything, also what belongs to no source.
  public record Route(List<NamePattern> sources, List<NamePattern> owners) {
    public Route {
      sources = List.copyOf(sources);
      owners = List.copyOf(owners);
    }

    public boolean takesAll() {
      return sources.isEmpty() && owners.isEmpty();
    }

    public boolean takes(String source, String owner) {
      return any(sources, source) && any(owners, owner);
    }

    private static boolean any(List<NamePattern> patterns, String name) {
      return patterns.isEmpty() || patterns.stream().anyMatch(pattern -> pattern.matches(name));
    }
  }
}
