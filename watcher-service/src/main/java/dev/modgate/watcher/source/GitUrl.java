package dev.modgate.watcher.source;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Set;

/// Where a repository is read: `https:`, `ssh:`, `file:`, and `http:` and `git:` to loopback only;
/// the short form `user@host:path` is taken as `ssh:`. It holds no password: those are references
/// of their own.
///
/// @param uri without query and fragment; of a single repository with a path
public record GitUrl(URI uri) {
  private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");
  private static final Set<String> SCHEMES = Set.of("https", "http", "ssh", "file", "git");

  /// @throws IllegalArgumentException when it is none; the text is not repeated, a password or a
  ///   token may be in it
  public static GitUrl parse(String text) {
    String url = text;
    if (!text.contains("://") && text.matches("[\\w.-]+@[\\w.-]+:[^:]+")) {
      int colon = text.indexOf(':');
      String path = text.substring(colon + 1);
      url = "ssh://" + text.substring(0, colon) + (path.startsWith("/") ? "" : "/") + path;
    }
    URI uri;
    try {
      uri = new URI(url);
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException("is no URL: " + e.getReason());
    }
    String user = uri.getRawUserInfo();
    if (user != null && (user.contains(":") || !"ssh".equals(uri.getScheme()))) {
      throw new IllegalArgumentException(
          "has a user or a password in it: give them by reference, with git-credential");
    }
    if (uri.getScheme() == null || !SCHEMES.contains(uri.getScheme())) {
      throw new IllegalArgumentException(
          "is no Git URL, want https://, ssh://, file:/// or user@host:path");
    }
    if (uri.getRawQuery() != null || uri.getRawFragment() != null || uri.isOpaque()) {
      throw new IllegalArgumentException(
          "is no Git URL: it has a query, or no slash behind its scheme");
    }
    if (Set.of("http", "git").contains(uri.getScheme()) && !isLoopback(uri)) {
      throw new IllegalArgumentException("sends all in the clear: want https:// or ssh://");
    }
    boolean local = uri.getScheme().equals("file");
    if (!local && uri.getHost() == null) {
      throw new IllegalArgumentException("is no Git URL: want a host");
    }
    return new GitUrl(uri);
  }

  /// Whether it is this machine, by a name that nobody else can answer for.
  public static boolean isLoopback(URI uri) {
    return uri.getHost() != null && LOOPBACK.contains(uri.getHost());
  }

  /// The path without `/` at its ends and without `.git`: the repository's name at most hosts, such
  /// as `pay/api`.
  public String repositoryName() {
    return uri.getPath().replaceAll("^/+|/+$", "").replaceFirst("\\.git$", "");
  }

  @Override
  public String toString() {
    return uri.toString();
  }
}
