package dev.modgate.watcher.agent;

import dev.modgate.gomod.note.VerifierKey;
import dev.modgate.start.StartException;
import dev.modgate.start.key.PinnedKeys;
import dev.modgate.watcher.wantlist.PeerName;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// `modgate.watcher.agent.*`: of an agent itself; each key is explained in `watcher.yml`.
///
/// @param watcher its URL; empty where a folder is carried
/// @param watcherKey public keys of the watcher
public record AgentSettings(
    @DefaultValue("") String name,
    @DefaultValue("data/keys/agent") Path signingKey,
    @DefaultValue("") String watcher,
    @DefaultValue("") String watcherKey,
    @DefaultValue("") String caFile,
    @DefaultValue("") String folderOut,
    @DefaultValue("") String folderIn,
    @DefaultValue("10s") Duration ask) {
  private static final String SECTION = "modgate.watcher.agent.";

  /// @throws StartException naming every problem that keeps an agent from its work
  void check() {
    var problems = new ArrayList<String>();
    if (!PeerName.fits(name)) {
      problems.add("name is \"" + name + "\", want a-z, 0-9 and -, at most 63 characters");
    }
    if (watcher.isEmpty() == folderOut.isEmpty()) {
      problems.add("watcher and folder-out: want one of them, the watcher's URL or a folder");
    }
    if (!watcher.isEmpty() && url().isEmpty()) {
      problems.add("watcher is no URL of a watcher, want https://HOST, or http:// to loopback");
    }
    if (!watcher.isEmpty() && !folderIn.isEmpty()) {
      problems.add("folder-in is for an agent with folder-out: over HTTPS statuses are asked for");
    }
    if ((!watcher.isEmpty() || !folderIn.isEmpty()) && watcherKey.isBlank()) {
      problems.add(
          "watcher-key is empty: without the watcher's public key no status can be believed");
    }
    try {
      var _ = watcherKeys();
    } catch (IllegalArgumentException e) {
      problems.add("watcher-key: " + e.getMessage());
    }
    if (ask.compareTo(Duration.ofSeconds(1)) < 0 || ask.compareTo(Duration.ofDays(1)) > 0) {
      problems.add("ask is " + ask + ", want 1s to 1d");
    }
    if (!problems.isEmpty()) {
      throw new StartException(problems.stream().map(SECTION::concat).toList());
    }
  }

  List<VerifierKey> watcherKeys() {
    return PinnedKeys.parse(watcherKey);
  }

  /// Empty where it is none that an agent may send to.
  Optional<URI> url() {
    try {
      var url = new URI(watcher.strip());
      boolean bare =
          url.getHost() != null
              && url.getRawUserInfo() == null
              && url.getRawQuery() == null
              && url.getRawFragment() == null
              && (url.getRawPath().isEmpty() || url.getRawPath().equals("/"));
      boolean safe =
          "https".equals(url.getScheme())
              || ("http".equals(url.getScheme()) && url.getHost() != null && isLoopback(url));
      return bare && safe ? Optional.of(url) : Optional.empty();
    } catch (URISyntaxException e) {
      return Optional.empty();
    }
  }

  /// By a literal address or `localhost`: no resolver is asked.
  private static boolean isLoopback(URI url) {
    String host = url.getHost();
    if (host.equals("localhost")) {
      return true;
    }
    try {
      return host.matches("[0-9.]+|\\[[0-9a-f:]+]")
          && InetAddress.getByName(host).isLoopbackAddress();
    } catch (UnknownHostException e) {
      return false;
    }
  }
}
