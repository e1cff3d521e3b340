package dev.modgate.watcher.git.wire;

import dev.modgate.watcher.source.HostKind;
import dev.modgate.watcher.source.SecretRef;
import dev.modgate.watcher.source.Source;
import java.io.IOException;
import java.util.Optional;

/// A user name and a password for HTTP.
record Credentials(String user, String password) {

  /// @throws IOException when the secret can't be read
  static Optional<Credentials> of(Source source) throws IOException {
    Optional<SecretRef> reference = source.access().git();
    if (reference.isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(parse(reference.get().read(), source.host()));
    } catch (SecretRef.UnreadableException e) {
      throw new IOException(e.getMessage());
    }
  }

  /// A text without `:` is a token, and the user name is what the host wants beside one.
  static Credentials parse(String secret, HostKind host) {
    int colon = secret.indexOf(':');
    return colon > 0
        ? new Credentials(secret.substring(0, colon), secret.substring(colon + 1))
        : new Credentials(userBesideToken(host), secret.substring(colon + 1));
  }

  private static String userBesideToken(HostKind host) {
    return switch (host) {
      case GITHUB -> "x-access-token";
      case BITBUCKET -> "x-token-auth";
      case GITLAB, GITEA, GITEE, GENERIC -> "oauth2";
    };
  }

  @Override
  public String toString() {
    return "Credentials[user " + user + "]";
  }
}
