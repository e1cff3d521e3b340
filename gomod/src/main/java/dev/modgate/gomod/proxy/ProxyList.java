package dev.modgate.gomod.proxy;

import dev.modgate.gomod.quote.Quoted;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The value of `GOPROXY`: `https://proxy.golang.org,direct`.
///
/// Blanks around an entry and empty entries are ignored. What stands behind `direct` or `off` is
/// never reached, and dropped. A word with a dot or a slash but no scheme is taken as `https://…`,
/// as the `go` command does.
///
/// Source: https://go.dev/ref/mod#environment-variables, `cmd/go/internal/modfetch.proxyList`
public final class ProxyList {
  /// More than anybody has; a list is walked for each file.
  public static final int MAX_ENTRIES = 32;

  private ProxyList() {}

  /// One entry of the list.
  public sealed interface Entry {}

  /// From the version control system itself. Ends the list.
  public record Direct() implements Entry {}

  /// Nothing is fetched. Ends the list.
  public record Off() implements Entry {}

  /// When the entry behind this one is asked.
  public enum Next {
    /// After 404 and 410 only (`,`, and at the end of the list).
    IF_ABSENT,
    /// After any error (`|`).
    IF_FAILED
  }

  /// A proxy.
  ///
  /// @param uri http, https or file; no credentials, query or fragment, no slash at the end: fit to
  ///   be shown
  /// @param credentials null where the URL had none
  public record Upstream(URI uri, @Nullable Credentials credentials, Next next) implements Entry {
    public Optional<Credentials> credentialsIfAny() {
      return Optional.ofNullable(credentials);
    }

    /// In GOPROXY syntax, credentials included: never to be shown.
    public String text() {
      return credentials == null
          ? uri.toString()
          : uri.getScheme()
              + "://"
              + credentials.text()
              + "@"
              + uri.toString().substring(uri.getScheme().length() + 3);
    }

    /// The URL of a file, by its [ProxyPath].
    public URI resolve(String proxyPath) {
      // only "!" of what a proxy path may hold is in doubt, and the go command sends it encoded
      return URI.create(uri + "/" + proxyPath.replace("!", "%21"));
    }

    /// Without credentials.
    @Override
    public String toString() {
      return uri.toString();
    }
  }

  /// What to authenticate with. [#toString] hides it.
  public record Credentials(String user, String password) {
    private String text() {
      return encode(user) + ":" + encode(password);
    }

    /// The value of an `Authorization` header, RFC 7617 in UTF-8: never to be shown.
    public String basic() {
      byte[] pair = (user + ":" + password).getBytes(StandardCharsets.UTF_8);
      return "Basic " + Base64.getEncoder().encodeToString(pair);
    }

    @Override
    public String toString() {
      return "(credentials)";
    }
  }

  /// @throws IllegalArgumentException naming the first entry that is wrong, without its
  ///   credentials; also where the list has no entry
  public static List<Entry> parse(String list) {
    var entries = new ArrayList<Entry>();
    int start = 0;
    while (start <= list.length()) {
      int end = start;
      while (end < list.length() && list.charAt(end) != ',' && list.charAt(end) != '|') {
        end++;
      }
      String word = list.substring(start, end).strip();
      Next next = end < list.length() && list.charAt(end) == '|' ? Next.IF_FAILED : Next.IF_ABSENT;
      start = end + 1;
      if (word.isEmpty()) {
        continue;
      }
      if (entries.size() == MAX_ENTRIES) {
        throw new IllegalArgumentException("GOPROXY list has more than 32 entries");
      }
      switch (word) {
        case "direct" -> {
          entries.add(new Direct());
          return List.copyOf(entries);
        }
        case "off" -> {
          entries.add(new Off());
          return List.copyOf(entries);
        }
        default -> entries.add(upstream(word, next));
      }
    }
    if (entries.isEmpty()) {
      throw new IllegalArgumentException("GOPROXY list has no entry");
    }
    return List.copyOf(entries);
  }

  private static Upstream upstream(String word, Next next) {
    boolean bare = !word.contains(":/") && !word.startsWith("/");
    String url = bare && word.matches(".*[.:/].*") ? "https://" + word : word;
    URI uri;
    try {
      uri = new URI(url);
    } catch (URISyntaxException e) {
      throw bad(word, "is no URL: " + e.getReason());
    }
    String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
    if (uri.getRawQuery() != null || uri.getRawFragment() != null) {
      throw bad(word, "has a query or a fragment");
    }
    return switch (scheme) {
      case "http", "https" -> web(word, uri, scheme, next);
      case "file" -> folder(word, uri, next);
      case "" -> throw bad(word, "is neither a URL nor direct or off");
      default ->
          throw bad(word, "is of scheme " + Quoted.of(scheme) + ", want https, http or file");
    };
  }

  private static Upstream web(String word, URI uri, String scheme, Next next) {
    if (uri.getHost() == null) {
      throw bad(word, "has no host");
    }
    if (uri.getRawPath() != null && uri.getRawPath().contains("@")) {
      throw bad(word, "has an \"@\" in its path; in a user or password, \"/\" is written %2F");
    }
    String port = uri.getPort() < 0 ? "" : ":" + uri.getPort();
    String path = uri.getRawPath() == null ? "" : uri.getRawPath();
    var shown = URI.create(trimSlashes(scheme + "://" + uri.getHost() + port + path));
    return new Upstream(shown, credentials(uri.getRawUserInfo()), next);
  }

  private static Upstream folder(String word, URI uri, Next next) {
    String path = uri.getRawPath();
    if (path == null || !path.startsWith("/") || uri.getRawAuthority() != null) {
      throw bad(word, "is no file URL of this machine, want file:///folder");
    }
    return new Upstream(URI.create(trimSlashes("file://" + path)), null, next);
  }

  private static @Nullable Credentials credentials(@Nullable String userInfo) {
    if (userInfo == null || userInfo.isEmpty()) {
      return null;
    }
    int colon = userInfo.indexOf(':');
    String user = colon < 0 ? userInfo : userInfo.substring(0, colon);
    String password = colon < 0 ? "" : userInfo.substring(colon + 1);
    return new Credentials(decode(user), decode(password));
  }

  private static String encode(String s) {
    return URLEncoder.encode(s, StandardCharsets.UTF_8).replace("+", "%20");
  }

  private static String decode(String s) {
    return URLDecoder.decode(s.replace("+", "%2B"), StandardCharsets.UTF_8);
  }

  private static String trimSlashes(String url) {
    int end = url.length();
    while (url.charAt(end - 1) == '/' && !url.substring(0, end).equals("file:///")) {
      end--;
    }
    return url.substring(0, end);
  }

  private static IllegalArgumentException bad(String word, String why) {
    String hidden =
        word.replaceFirst("(?s)^([A-Za-z]*:?//)?.*@", "$1")
            // a password with a comma in it is cut there, and its "@" is in the next entry
            .replaceFirst("(?s)(//[^/:]*):[^/]*[^/0-9].*", "$1:…");
    return new IllegalArgumentException("GOPROXY entry " + Quoted.of(hidden) + " " + why);
  }
}
