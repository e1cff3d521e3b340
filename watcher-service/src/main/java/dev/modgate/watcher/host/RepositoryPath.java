package dev.modgate.watcher.host;

import dev.modgate.gomod.quote.Quoted;
import java.net.URI;
import java.util.List;

/// What an API calls a repository, or a group of them: names with `/` between them, each of ASCII
/// letters, digits and `_.~-`, so that nothing in it means anything else in a URL.
///
/// @param names at least one; none is `.` or `..`, begins with `-`, or ends with `.git`
public record RepositoryPath(List<String> names) {
  private static final int MOST_CHARACTERS = 400;
  private static final int MOST_NAMES = 25;

  public RepositoryPath {
    names = List.copyOf(names);
  }

  /// @throws IllegalArgumentException when it is none
  public static RepositoryPath parse(String text) {
    var names = List.of(text.split("/", -1));
    if (text.length() > MOST_CHARACTERS
        || names.size() > MOST_NAMES
        || !names.stream().allMatch(RepositoryPath::isName)) {
      throw new IllegalArgumentException(
          Quoted.of(text)
              + " is no path of a repository: want names of letters, digits, _, ., ~ and - with /"
              + " between them");
    }
    return new RepositoryPath(names);
  }

  private static boolean isName(String name) {
    return !name.isEmpty()
        && !name.equals(".")
        && !name.equals("..")
        && name.charAt(0) != '-'
        && !name.endsWith(".git")
        && name.chars().allMatch(RepositoryPath::isPlain);
  }

  private static boolean isPlain(int c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || "_.~-".indexOf(c) >= 0;
  }

  /// As its API knows it: without what stands before all repositories of that host, where it is
  /// served below a path, and of Bitbucket Data Center the last two names (`scm/PAY/api`).
  RepositoryPath at(HostApi api) {
    if (api.dialect() == HostApi.Dialect.BITBUCKET_DATA_CENTER && names.size() > 2) {
      return new RepositoryPath(names.subList(names.size() - 2, names.size()));
    }
    int below = basePath(api.root()).size();
    return below > 0 && below < names.size() && names.subList(0, below).equals(basePath(api.root()))
        ? new RepositoryPath(names.subList(below, names.size()))
        : this;
  }

  /// Of `https://example.com/git/api/v4` it is `git`.
  private static List<String> basePath(URI root) {
    int end = root.getPath().lastIndexOf("/api/");
    return end <= 0 ? List.of() : List.of(root.getPath().substring(1, end).split("/"));
  }

  String encoded() {
    return String.join("%2F", names);
  }

  @Override
  public String toString() {
    return String.join("/", names);
  }
}
