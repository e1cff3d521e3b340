package dev.modgate.gomod.sumdb;

import dev.modgate.gomod.note.SigningKey;
import dev.modgate.gomod.note.VerifierKey;
import dev.modgate.gomod.quote.Quoted;
import java.net.URI;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The value of `GOSUMDB`: which checksum database is asked, and where.
///
/// | value | meaning |
/// |---|---|
/// | `sum.golang.org` | the public one, whose key is known |
/// | `sum.golang.google.cn` | the same, at another address |
/// | `name+hash+key` | the one with this key, at `https://name` or through a proxy |
/// | `name https://…`, `name+hash+key https://…` | at this URL, never through a proxy |
/// | `off` | none |
///
/// Source: https://go.dev/ref/mod#environment-variables, `cmd/go/internal/modfetch.dbDial`
public sealed interface GoSumDb {
  /// What `go` asks where nothing is set.
  String DEFAULT = "sum.golang.org";

  /// Nothing is asked: no module version is proven by a database.
  record Off() implements GoSumDb {
    @Override
    public String toString() {
      return "off";
    }
  }

  /// @param key the only one that is believed
  /// @param url null where the value has none
  record Database(VerifierKey key, @Nullable URI url) implements GoSumDb {
    /// `host` or `host/path`.
    public String name() {
      return key.name();
    }

    /// Where the value says that it is; then proxies are not asked.
    public Optional<URI> explicitUrl() {
      return Optional.ofNullable(url);
    }

    /// Where it is when no proxy serves it; without a slash at the end.
    public URI directUrl() {
      return url != null ? url : URI.create("https://" + name());
    }

    /// Where a proxy serves it, below the proxy's URL; without slashes around it.
    public String proxyPath() {
      return "sumdb/" + name();
    }

    /// What [#parse] reads.
    @Override
    public String toString() {
      return url == null ? key.toString() : key + " " + url;
    }
  }

  /// The value for who reaches the same database through a proxy alone; empty where none is needed,
  /// because the default is the same one.
  default String inside() {
    return switch (this) {
      case Off off -> off.toString();
      case Database database -> {
        String key = database.key().toString();
        yield key.equals(GoSumDbFields.key(DEFAULT).toString()) ? "" : key;
      }
    };
  }

  /// @throws IllegalArgumentException naming what is wrong with the value, without a secret in it
  static GoSumDb parse(String value) {
    String text = value.strip();
    if (SigningKey.isIn(text)) {
      throw new IllegalArgumentException(
          "GOSUMDB has a signing key, want its public half, name+hash+key");
    }
    if (text.equals("off")) {
      return new Off();
    }
    String[] fields =
        (text.equals("sum.golang.google.cn") ? DEFAULT + " https://" + text : text)
            .split("\\s+", -1);
    if (text.isEmpty()) {
      throw new IllegalArgumentException("GOSUMDB is empty, want a database or off");
    }
    if (fields.length > 2) {
      throw new IllegalArgumentException(
          "GOSUMDB " + Quoted.of(text) + " has more than two fields, want a database and its URL");
    }
    return new Database(
        GoSumDbFields.key(fields[0]), fields.length == 2 ? GoSumDbFields.url(fields[1]) : null);
  }
}
