package dev.modgate.watcher.host;

import dev.modgate.gomod.quote.Quoted;
import dev.modgate.watcher.source.GitUrl;
import dev.modgate.watcher.source.HostKind;
import java.net.URI;
import java.util.Locale;
import java.util.Optional;

/// Where a host's API is, and which one it speaks.
///
/// @param root without a slash at its end; `https:`, or `http:` to loopback
public record HostApi(Dialect dialect, URI root) {
  /// What is spoken.
  public enum Dialect {
    GITHUB,
    GITLAB,
    GITEA,
    BITBUCKET_CLOUD,
    BITBUCKET_DATA_CENTER,
    GITEE
  }

  /// Where it is, or why there is none.
  public sealed interface Found {
    record Api(HostApi api) implements Found {}

    record None(String sentence) implements Found {}
  }

  public static Found find(HostKind kind, Optional<URI> declared, GitUrl url) {
    if (kind == HostKind.GENERIC) {
      return new Found.None("a generic host has no API that is known");
    }
    Optional<URI> root = declared.map(HostApi::withoutSlash).or(() -> derived(kind, url.uri()));
    if (root.isEmpty()) {
      return new Found.None(
          "no API follows from " + Quoted.of(url.toString()) + ": declare its root with api");
    }
    URI uri = root.get();
    if (uri.getHost() == null
        || uri.getRawUserInfo() != null
        || uri.getRawQuery() != null
        || uri.getRawFragment() != null
        || !isSafe(uri)) {
      return new Found.None(
          "api "
              + Quoted.of(uri.toString())
              + " is none to send a token to: want https://HOST/PATH");
    }
    return new Found.Api(new HostApi(dialect(kind, uri), uri));
  }

  /// Where it stands: what is asked too often there is asked by all repositories.
  String authority() {
    return root.getRawAuthority().toLowerCase(Locale.ROOT);
  }

  private static URI withoutSlash(URI uri) {
    return URI.create(uri.toString().replaceFirst("/+$", ""));
  }

  private static Optional<URI> derived(HostKind kind, URI git) {
    String host = git.getHost();
    if (host == null || git.getScheme().equals("file") || git.getScheme().equals("git")) {
      return Optional.empty();
    }
    String name = host.toLowerCase(Locale.ROOT);
    if (kind == HostKind.GITHUB && name.equals("github.com")) {
      return Optional.of(URI.create("https://api.github.com"));
    }
    if (kind == HostKind.BITBUCKET && name.equals("bitbucket.org")) {
      return Optional.of(URI.create("https://api.bitbucket.org/2.0"));
    }
    boolean ssh = git.getScheme().equals("ssh"); // its port says nothing about the API's
    String site =
        (ssh ? "https" : git.getScheme())
            + "://"
            + host
            + (ssh || git.getPort() < 0 ? "" : ":" + git.getPort());
    return Optional.of(URI.create(site + path(kind)));
  }

  private static String path(HostKind kind) {
    return switch (kind) {
      case GITHUB -> "/api/v3";
      case GITLAB -> "/api/v4";
      case GITEA -> "/api/v1";
      case BITBUCKET -> "/rest/api/1.0";
      case GITEE -> "/api/v5";
      case GENERIC -> "";
    };
  }

  private static Dialect dialect(HostKind kind, URI root) {
    return switch (kind) {
      case GITHUB -> Dialect.GITHUB;
      case GITLAB -> Dialect.GITLAB;
      case GITEA -> Dialect.GITEA;
      case BITBUCKET ->
          root.getPath().endsWith("/2.0") ? Dialect.BITBUCKET_CLOUD : Dialect.BITBUCKET_DATA_CENTER;
      case GITEE -> Dialect.GITEE;
      case GENERIC -> throw new IllegalArgumentException("a generic host has no API");
    };
  }

  private static boolean isSafe(URI uri) {
    return switch (String.valueOf(uri.getScheme())) {
      case "https" -> true;
      case "http" -> GitUrl.isLoopback(uri);
      default -> false;
    };
  }
}
