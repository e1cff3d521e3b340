package dev.modgate.watcher.notify.channel;

import dev.modgate.gomod.quote.Quoted;
import dev.modgate.start.Check;
import dev.modgate.watcher.happening.EventKind;
import dev.modgate.watcher.source.SecretRef;
import dev.modgate.watcher.wantlist.PeerName;
import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Makes a channel of its declaration, and tells a check all that is wrong with it.
final class ChannelReader {
  private static final int MOST_ENTRIES = 100;
  private static final int MOST_CHARACTERS = 200;

  private final String name;
  private final ChannelDeclaration declared;
  private final Check check;
  private boolean wrong;

  ChannelReader(String name, ChannelDeclaration declared, Check check) {
    this.name = name;
    this.declared = declared;
    this.check = check;
  }

  /// @return empty where something is wrong
  Optional<Channel> read() {
    if (!PeerName.fits(name)) {
      wrong("kind", "is of a channel whose name is not at most 63 of a-z, 0-9 and \"-\"");
    }
    Optional<ChannelKind> kind = one("kind", declared.kind(), ChannelKind.values());
    Optional<Receiver> receiver = kind.flatMap(k -> k == ChannelKind.EMAIL ? mail() : http(k));
    Language language =
        declared.language() == null
            ? Language.EN
            : one("language", declared.language(), Language.values()).orElse(Language.EN);
    Set<EventKind> events = events();
    var route =
        new Channel.Route(
            each("sources", declared.sources(), NamePattern::new),
            each("owners", declared.owners(), NamePattern::new));
    Optional<URI> linkBase =
        Optional.ofNullable(declared.linkBase())
            .flatMap(text -> read("link-base", text, ChannelReader::site));
    return wrong
        ? Optional.empty()
        : receiver.map(r -> new Channel(name, r, language, events, route, linkBase));
  }

  private Optional<Receiver> http(ChannelKind kind) {
    without("host", declared.host(), kind);
    without("port", declared.port(), kind);
    without("tls", declared.tls(), kind);
    without("credential", declared.credential(), kind);
    without("from", declared.from(), kind);
    without("to", declared.to(), kind);
    List<SecretRef> secrets = each("secrets", declared.secrets(), SecretRef::parse);
    int most = mostSecrets(kind);
    if (secrets.size() > most) {
      wrong(
          "secrets",
          "are " + secrets.size() + ", want at most " + most + " for " + kind.wireName());
    }
    if (kind == ChannelKind.WEBHOOK
        && (declared.secrets() == null || declared.secrets().isEmpty())) {
      wrong("secrets", "are missing: what is sent is signed");
    }
    return required("url", declared.url())
        .flatMap(text -> read("url", text, SecretUrl::parse))
        .map(url -> new Receiver.Http(kind, url, secrets, caFile()));
  }

  private static int mostSecrets(ChannelKind kind) {
    return switch (kind) {
      case WEBHOOK -> 2;
      case DINGTALK, FEISHU -> 1;
      case SLACK, WECOM, EMAIL -> 0;
    };
  }

  private Optional<Receiver> mail() {
    without("url", declared.url(), ChannelKind.EMAIL);
    without("secrets", declared.secrets(), ChannelKind.EMAIL);
    Optional<String> host = required("host", declared.host());
    if (host.isPresent() && !host.get().matches("[A-Za-z0-9.:-]{1,253}")) {
      wrong("host", "is " + Quoted.of(host.get()) + ", want the name or address of a mail server");
    }
    Receiver.Tls tls =
        declared.tls() == null
            ? Receiver.Tls.STARTTLS
            : one("tls", declared.tls(), Receiver.Tls.values()).orElse(Receiver.Tls.STARTTLS);
    int port = Objects.requireNonNullElse(declared.port(), port(tls));
    if (port < 1 || port > 65_535) {
      wrong("port", "is " + port + ", want 1 to 65535");
    }
    Optional<SecretRef> credential =
        Optional.ofNullable(declared.credential())
            .flatMap(text -> read("credential", text, SecretRef::parse));
    if (credential.isPresent()
        && tls == Receiver.Tls.NONE
        && !SecretUrl.isLoopback(host.orElse(""))) {
      wrong("credential", "would be sent in the clear, want tls: starttls or tls: tls");
    }
    List<String> to = each("to", declared.to(), ChannelReader::address);
    if (to.isEmpty()) {
      wrong("to", "is missing: say who gets the mail");
    }
    Optional<String> from =
        required("from", declared.from())
            .flatMap(text -> read("from", text, ChannelReader::address));
    return from.flatMap(
        sender -> host.map(h -> new Receiver.Mail(h, port, tls, credential, caFile(), sender, to)));
  }

  private Optional<Path> caFile() {
    return Optional.ofNullable(declared.caFile())
        .flatMap(text -> read("ca-file", text, ChannelReader::file));
  }

  private static int port(Receiver.Tls tls) {
    return switch (tls) {
      case STARTTLS -> 587;
      case TLS -> 465;
      case NONE -> 25;
    };
  }

  private Set<EventKind> events() {
    List<String> names = declared.events();
    if (names == null) {
      return EnumSet.allOf(EventKind.class);
    }
    var events = EnumSet.noneOf(EventKind.class);
    names.forEach(text -> one("events", text, EventKind.values()).ifPresent(events::add));
    if (names.isEmpty()) {
      wrong("events", "are none, want at least one of " + names(EventKind.values()));
    }
    return events;
  }

  private <E extends Enum<E>> Optional<E> one(String key, @Nullable String text, E[] values) {
    for (E value : values) {
      if (wireName(value).equals(text)) {
        return Optional.of(value);
      }
    }
    wrong(
        key,
        (text == null ? "is missing" : "is " + Quoted.of(text)) + ", want one of " + names(values));
    return Optional.empty();
  }

  private static String names(Enum<?>[] values) {
    return Arrays.stream(values).map(ChannelReader::wireName).collect(Collectors.joining(", "));
  }

  private static String wireName(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private Optional<String> required(String key, @Nullable String text) {
    if (text == null || text.isBlank()) {
      wrong(key, "is missing");
      return Optional.empty();
    }
    return Optional.of(text);
  }

  private void without(String key, @Nullable Object value, ChannelKind kind) {
    if (value != null) {
      wrong(key, "is not for " + kind.wireName());
    }
  }

  private <T> List<T> each(String key, @Nullable List<String> texts, Function<String, T> reader) {
    List<@Nullable String> all = texts == null ? List.of() : new ArrayList<>(texts);
    if (all.size() > MOST_ENTRIES) {
      wrong(key, "has " + all.size() + " entries, want at most " + MOST_ENTRIES);
      return List.of();
    }
    return all.stream()
        .flatMap(text -> read(key, Objects.requireNonNullElse(text, ""), reader).stream())
        .toList();
  }

  private <T> Optional<T> read(String key, String text, Function<String, T> reader) {
    try {
      return Optional.of(reader.apply(text));
    } catch (IllegalArgumentException e) {
      wrong(key, String.valueOf(e.getMessage()));
      return Optional.empty();
    }
  }

  private void wrong(String key, String fault) {
    wrong = true;
    check.that(false, "notifications.channels." + name + "." + key, fault);
  }

  private static String address(String text) {
    try {
      boolean plain =
          text.length() <= MOST_CHARACTERS && text.chars().noneMatch(Character::isISOControl);
      if (plain && InternetAddress.parse(text, true).length == 1) {
        new InternetAddress(text, true).validate();
        return text;
      }
    } catch (AddressException e) {
      // said below
    }
    throw new IllegalArgumentException("has " + Quoted.of(text) + ", want an e-mail address");
  }

  private static Path file(String text) {
    Path path = Path.of(text);
    if (!path.isAbsolute()) {
      throw new IllegalArgumentException(
          "is " + Quoted.of(text) + ", want the absolute path of a file");
    }
    return path;
  }

  private static URI site(String text) {
    try {
      URI uri = new URI(text);
      boolean web = "https".equals(uri.getScheme()) || "http".equals(uri.getScheme());
      if (web
          && uri.getHost() != null
          && uri.getRawUserInfo() == null
          && uri.getRawQuery() == null
          && uri.getRawFragment() == null
          && text.length() <= MOST_CHARACTERS) {
        return URI.create(text.replaceFirst("/+$", ""));
      }
    } catch (URISyntaxException e) {
      // said below
    }
    throw new IllegalArgumentException(
        "is " + Quoted.of(text) + ", want https://HOST or http://HOST, with or without a path");
  }
}
