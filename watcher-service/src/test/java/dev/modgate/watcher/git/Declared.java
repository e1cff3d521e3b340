package dev.modgate.watcher.git;

import dev.modgate.watcher.source.GitUrl;
import dev.modgate.watcher.source.HostKind;
import dev.modgate.watcher.source.RefPattern;
import dev.modgate.watcher.source.Repository;
import dev.modgate.watcher.source.SecretRef;
import dev.modgate.watcher.source.Source;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A declared source of one repository.
///
/// @param secret for Git over HTTP
public record Declared(
    URI url,
    List<String> folders,
    Optional<Path> secret,
    Optional<Path> sshKey,
    Optional<Path> knownHosts,
    Optional<Path> caFile) {
  public static Declared at(URI url) {
    var none = Optional.<Path>empty();
    return new Declared(url, List.of(), none, none, none, none);
  }

  Declared in(String... only) {
    return new Declared(url, List.of(only), secret, sshKey, knownHosts, caFile);
  }

  Declared with(Path secretFile) {
    return new Declared(url, folders, Optional.of(secretFile), sshKey, knownHosts, caFile);
  }

  Declared over(Path key, Optional<Path> known) {
    return new Declared(url, folders, secret, Optional.of(key), known, caFile);
  }

  Declared trusting(Optional<Path> authorities) {
    return new Declared(url, folders, secret, sshKey, knownHosts, authorities);
  }

  public Source source() {
    return new Source(
        "pay",
        new Source.Place.Single(GitUrl.parse(url.toString())),
        HostKind.GENERIC,
        new Source.Access(
            secret.map(file -> SecretRef.parse("file:" + file)),
            sshKey,
            knownHosts,
            Optional.empty(),
            Optional.empty(),
            caFile),
        new Source.Webhook(List.of(), "x-signature", "x-delivery"),
        new Source.Selection(
            List.of(new RefPattern("main")),
            List.of(new RefPattern("v*")),
            folders,
            Source.Depth.BUILD,
            false),
        Duration.ofMinutes(5),
        new Source.About(Map.of(), ""));
  }

  public Repository repository() {
    GitUrl git = GitUrl.parse(url.toString());
    return new Repository("pay", git.repositoryName(), git);
  }
}
