package dev.modgate.watcher.hook.payload;

import dev.modgate.watcher.source.GitUrl;
import dev.modgate.watcher.source.HostKind;
import dev.modgate.watcher.source.Repository;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/// How a payload names a repository.
///
/// @param names by which its host may mean it, the best one first; none where it names none
/// @param urls that it may be cloned from, as sent
public record RepositoryId(List<String> names, List<String> urls) {
  public RepositoryId {
    names = List.copyOf(names);
    urls = List.copyOf(urls);
  }

  static RepositoryId of(Json repository, String name, String... urls) throws UnreadableException {
    return of(List.of(repository.text(name)), repository, urls);
  }

  static RepositoryId of(List<String> names, Json repository, String... urls) {
    return new RepositoryId(
        names, List.of(urls).stream().flatMap(url -> repository.textIfAny(url).stream()).toList());
  }

  public Optional<String> name() {
    return names.stream().findFirst();
  }

  /// By name, or by where it is read: a host below a path of its own has names that differ from its
  /// URLs. Hosts take names without regard to case.
  public boolean is(Repository repository, HostKind host) {
    return names.stream()
            .anyMatch(name ->
                host == HostKind.GENERIC
                    ? name.equals(repository.name())
                    : name.equalsIgnoreCase(repository.name()))
        || urls.stream().anyMatch(url -> same(url, repository.url()));
  }

  private static boolean same(String text, GitUrl url) {
    try {
      GitUrl sent = GitUrl.parse(text);
      return host(sent.uri()).equalsIgnoreCase(host(url.uri()))
          && sent.repositoryName().equalsIgnoreCase(url.repositoryName());
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private static String host(URI uri) {
    return uri.getHost() == null ? "" : uri.getHost();
  }
}
