package dev.modgate.watcher.source;

import dev.modgate.gomod.quote.Quoted;
import dev.modgate.watcher.source.Source.Place;
import dev.modgate.watcher.wantlist.PeerName;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.convert.DurationStyle;

/// Makes a source of its declaration, or says all that is wrong with it.
final class DeclarationReader {
  static final Duration DEFAULT_POLL = Duration.ofMinutes(5);
  private static final int MOST_LABELS = 50;
  private static final int MOST_CHARACTERS = 200;
  private static final Map<String, HostKind> WELL_KNOWN =
      Map.of(
          "github.com", HostKind.GITHUB,
          "gitlab.com", HostKind.GITLAB,
          "codeberg.org", HostKind.GITEA,
          "bitbucket.org", HostKind.BITBUCKET,
          "gitee.com", HostKind.GITEE);

  private final SourceDeclaration declared;
  private final Fields fields = new Fields();

  private DeclarationReader(SourceDeclaration declared) {
    this.declared = declared;
  }

  /// @throws SourceException naming every problem
  static Source read(String name, SourceDeclaration declared) throws SourceException {
    var reader = new DeclarationReader(declared);
    Optional<Source> source = reader.read(name);
    if (!reader.fields.problems().isEmpty() || source.isEmpty()) {
      throw new SourceException(Quoted.of(name), reader.fields.problems());
    }
    return source.get();
  }

  private Optional<Source> read(String name) {
    if (!PeerName.fits(name)) {
      fields.wrong("name", "is " + Quoted.of(name) + ", want at most 63 of a-z, 0-9 and \"-\"");
    }
    Optional<Place> place = place();
    HostKind host = host(place);
    if (place.map(Place.Group.class::isInstance).orElse(false)
        && host != HostKind.GITHUB
        && host != HostKind.GITLAB
        && host != HostKind.GITEA) {
      fields.wrong("group", "can be found at hosts of the kinds github, gitlab and gitea only");
    }
    var access =
        new Source.Access(
            fields.one("git-credential", declared.gitCredential(), SecretRef::parse),
            fields.one("ssh-key", declared.sshKey(), DeclarationReader::file),
            fields.one("known-hosts", declared.knownHosts(), DeclarationReader::file),
            fields.one("api", declared.api(), DeclarationReader::api),
            fields.one("api-token", declared.apiToken(), SecretRef::parse),
            fields.one("ca-file", declared.caFile(), DeclarationReader::file));
    var selection =
        new Source.Selection(
            fields.patterns("branches", declared.branches(), "**"),
            fields.patterns("tags", declared.tags(), "v*"),
            fields.each("folders", declared.folders(), DeclarationReader::folder),
            depth(),
            Boolean.TRUE.equals(declared.pullRequests()));
    Source.Webhook webhook = webhook(place);
    Duration poll = poll();
    Source.About about = about();
    return place.map(
        where -> new Source(name, where, host, access, webhook, selection, poll, about));
  }

  private Optional<Place> place() {
    if (declared.agent() != null) {
      if (declared.git() != null || declared.group() != null) {
        fields.wrong("agent", "reads the repository where it runs: leave out git and group here");
      }
      String agent = declared.agent();
      if (!PeerName.fits(agent)) {
        fields.wrong(
            "agent",
            "is "
                + Quoted.of(agent)
                + ", want the name of an agent's key: at most 63 of a-z, 0-9 and \"-\"");
      }
      return Optional.of(new Place.Agent(agent));
    }
    if (declared.git() == null) {
      fields.wrong("git", "is missing: say where the repository is");
      return Optional.empty();
    }
    Optional<GitUrl> git = fields.one("git", declared.git(), GitUrl::parse);
    if (declared.group() == null) {
      if (declared.include() != null || declared.exclude() != null) {
        fields.wrong("include", "and exclude are for a group");
      }
      if (git.map(url -> url.repositoryName().isEmpty()).orElse(false)) {
        fields.wrong("git", "names no repository: want a path behind the host");
      }
      return git.map(Place.Single::new);
    }
    String group = declared.group();
    if (!group.matches("[A-Za-z0-9_][\\w.-]*(/[A-Za-z0-9_][\\w.-]*){0,20}")
        || group.length() > MOST_CHARACTERS) {
      fields.wrong("group", "is " + Quoted.of(group) + ", want a path such as pay/backend");
    }
    List<RefPattern> include = fields.patterns("include", declared.include(), "**");
    List<RefPattern> exclude = fields.each("exclude", declared.exclude(), RefPattern::new);
    return git.map(base -> new Place.Group(base, group, include, exclude));
  }

  private HostKind host(Optional<Place> place) {
    String text = declared.host();
    if (text != null) {
      for (HostKind kind : HostKind.values()) {
        if (kind.name().toLowerCase(Locale.ROOT).equals(text)) {
          return kind;
        }
      }
      fields.wrong(
          "host",
          "is "
              + Quoted.of(text)
              + ", want one of "
              + String.join(
                  ", ",
                  Arrays.stream(HostKind.values())
                      .map(kind -> kind.name().toLowerCase(Locale.ROOT))
                      .toList()));
      return HostKind.GENERIC;
    }
    Optional<GitUrl> url =
        place.flatMap(where ->
            switch (where) {
              case Place.Single(var git) -> Optional.of(git);
              case Place.Group group -> Optional.of(group.base());
              case Place.Agent _ -> Optional.empty();
            });
    if (url.isEmpty() || url.get().uri().getScheme().equals("file")) {
      return HostKind.GENERIC;
    }
    HostKind known = WELL_KNOWN.get(String.valueOf(url.get().uri().getHost()));
    if (known == null) {
      fields.wrong("host", "is missing: say of which kind " + url.get().uri().getHost() + " is");
    }
    return known == null ? HostKind.GENERIC : known;
  }

  private Source.Webhook webhook(Optional<Place> place) {
    List<SecretRef> secrets = fields.each("secrets", declared.secrets(), SecretRef::parse);
    boolean taken =
        !Boolean.FALSE.equals(declared.webhook())
            && !place.map(Place.Agent.class::isInstance).orElse(false);
    if (taken && (declared.secrets() == null || declared.secrets().isEmpty())) {
      fields.wrong(
          "secrets",
          "are missing: a webhook is believed only when it is signed; for polls alone say webhook:"
              + " false");
    }
    if (!taken && !secrets.isEmpty()) {
      fields.wrong("secrets", "are for a webhook, and this source takes none");
    }
    if (secrets.size() > Source.Webhook.MOST_SECRETS) {
      fields.wrong("secrets", "are " + secrets.size() + ", at most two are active at a time");
    }
    return new Source.Webhook(
        secrets,
        header("signature-header", declared.signatureHeader(), "X-Modgate-Signature"),
        header("delivery-header", declared.deliveryHeader(), "X-Modgate-Delivery"));
  }

  private String header(String key, @Nullable String text, String fallback) {
    if (text != null && !text.matches("[A-Za-z0-9-]{1,100}")) {
      fields.wrong(key, "is " + Quoted.of(text) + ", want the name of a header");
    }
    return text == null ? fallback : text;
  }

  private Source.Depth depth() {
    String text = Objects.requireNonNullElse(declared.depth(), "build");
    for (Source.Depth depth : Source.Depth.values()) {
      if (depth.name().toLowerCase(Locale.ROOT).equals(text)) {
        return depth;
      }
    }
    fields.wrong("depth", "is " + Quoted.of(text) + ", want build, tests or graph");
    return Source.Depth.BUILD;
  }

  private Duration poll() {
    if (declared.poll() == null) {
      return DEFAULT_POLL;
    }
    try {
      Duration poll = DurationStyle.detectAndParse(declared.poll());
      if (!poll.isZero()
          && (poll.compareTo(Duration.ofSeconds(1)) < 0
              || poll.compareTo(Duration.ofDays(7)) > 0)) {
        fields.wrong(
            "poll", "is " + Quoted.of(declared.poll()) + ", want 1s to 7d, or 0s for never");
      }
      return poll;
    } catch (IllegalArgumentException | DateTimeParseException | ArithmeticException e) {
      fields.wrong("poll", "is " + Quoted.of(declared.poll()) + ", want a time such as 30s or 5m");
      return DEFAULT_POLL;
    }
  }

  private Source.About about() {
    Map<String, String> labels = Objects.requireNonNullElse(declared.labels(), Map.of());
    String owner = Objects.requireNonNullElse(declared.owner(), "");
    if (labels.size() > MOST_LABELS) {
      fields.wrong("labels", "are " + labels.size() + ", want at most " + MOST_LABELS);
    }
    labels.forEach((key, value) -> {
      if (!isWord(key) || value == null || !isWord(value)) {
        fields.wrong(
            "labels", "has " + Quoted.of(key) + ", want printable text of 1 to 200 characters");
      }
    });
    if (!owner.isEmpty() && !isWord(owner)) {
      fields.wrong("owner", "is no printable text of at most " + MOST_CHARACTERS + " characters");
    }
    return new Source.About(fields.problems().isEmpty() ? labels : Map.of(), owner);
  }

  private static boolean isWord(String text) {
    return !text.isBlank()
        && text.length() <= MOST_CHARACTERS
        && text.chars().noneMatch(Character::isISOControl);
  }

  private static Path file(String text) {
    Path path = Path.of(text);
    if (!path.isAbsolute()) {
      throw new IllegalArgumentException(
          "is " + Quoted.of(text) + ", want the absolute path of a file");
    }
    return path;
  }

  private static URI api(String text) {
    URI uri = GitUrl.parse(text).uri();
    if (!uri.getScheme().startsWith("http")) {
      throw new IllegalArgumentException("is " + Quoted.of(text) + ", want https://");
    }
    return URI.create(text.replaceFirst("/+$", ""));
  }

  private static String folder(String text) {
    String folder = text.replaceFirst("/+$", "");
    if (folder.isEmpty()
        || folder.startsWith("/")
        || List.of(folder.split("/")).stream()
            .anyMatch(part -> part.isEmpty() || part.equals(".") || part.equals(".."))) {
      throw new IllegalArgumentException(
          "has " + Quoted.of(text) + ", want a folder of the tree such as services/api");
    }
    return folder;
  }
}
