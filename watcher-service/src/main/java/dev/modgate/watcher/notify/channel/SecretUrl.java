package dev.modgate.watcher.notify.channel;

import dev.modgate.watcher.source.SecretRef;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;

/// A URL that lets in whoever knows it: written down, or a reference to where it is. Its text shows
/// no more than the host.
public sealed interface SecretUrl {

  record Written(URI uri) implements SecretUrl {
    @Override
    public String toString() {
      return uri.getScheme() + "://" + uri.getAuthority() + "/…";
    }
  }

  record Referred(SecretRef where) implements SecretUrl {
    @Override
    public String toString() {
      return where.toString();
    }
  }

  /// @throws IllegalArgumentException when it is neither; the text is not repeated
  static SecretUrl parse(String text) {
    return text.startsWith("env:") || text.startsWith("file:")
        ? new Referred(SecretRef.parse(text))
        : new Written(uri(text));
  }

  /// @throws SecretRef.UnreadableException when there is no such URL where it is said to be
  default URI read() throws SecretRef.UnreadableException {
    return switch (this) {
      case Written(var uri) -> uri;
      case Referred(var where) -> {
        String text = where.read();
        try {
          yield uri(text.strip());
        } catch (IllegalArgumentException e) {
          throw new SecretRef.UnreadableException(
              "secret \"" + where + "\" " + String.valueOf(e.getMessage()));
        }
      }
    };
  }

  private static URI uri(String text) {
    URI uri;
    try {
      uri = new URI(text);
    } catch (URISyntaxException e) {
      throw notOne();
    }
    String host = uri.getHost();
    String scheme = uri.getScheme();
    if (host == null || scheme == null || uri.getRawUserInfo() != null) {
      throw notOne();
    }
    boolean safe =
        scheme.equals("https")
            || (scheme.equals("http") && isLoopback(host.toLowerCase(Locale.ROOT)));
    if (!safe || uri.getRawFragment() != null) {
      throw notOne();
    }
    return uri;
  }

  static boolean isLoopback(String host) {
    return host.equals("localhost")
        || host.equals("[::1]")
        || host.equals("::1")
        || host.matches("127(\\.\\d{1,3}){3}");
  }

  private static IllegalArgumentException notOne() {
    return new IllegalArgumentException(
        "is no URL that can be sent to, want https:// (http:// to loopback only), or env:NAME or"
            + " file:/ABSOLUTE/PATH where it is");
  }
}
