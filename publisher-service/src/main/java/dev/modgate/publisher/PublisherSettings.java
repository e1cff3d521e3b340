package dev.modgate.publisher;

import dev.modgate.gomod.note.VerifierKey;
import dev.modgate.start.Check;
import dev.modgate.start.StageBounds;
import dev.modgate.start.StartException;
import dev.modgate.start.key.PinnedKeys;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/// The bounds of the publisher. Each is explained in `publisher.yml`.
///
/// @param instanceId null where instances come and go
/// @param replicas folders by name: second zone stores
/// @param verifierKeys public keys, commas or blanks between; without one no publisher starts
@ConfigurationProperties("modgate.publisher")
record PublisherSettings(
    @DefaultValue("32") int maxItems,
    @DefaultValue("1GB") DataSize maxBytes,
    @DefaultValue("30s") Duration drain,
    @Nullable String instanceId,
    @DefaultValue("") String verifierKeys,
    @DefaultValue Scrub scrub,
    @DefaultValue Map<String, Path> replicas)
    implements StageBounds {

  /// When and how fast all that is inside is hashed again.
  ///
  /// @param every how long after one pass the next one begins
  record Scrub(@DefaultValue("24h") Duration every, @DefaultValue("10MB") DataSize bytesPerSecond) {
    private void check(Check check) {
      check
          .time("scrub.every", every, Duration.ofMinutes(1), Duration.ofDays(365))
          .size(
              "scrub.bytes-per-second",
              bytesPerSecond,
              DataSize.ofMegabytes(1),
              DataSize.ofGigabytes(10));
    }
  }

  PublisherSettings {
    var check = new Check("modgate.publisher").stage(maxItems, maxBytes, drain, instanceId);
    try {
      PinnedKeys.parse(verifierKeys);
    } catch (IllegalArgumentException e) {
      check.that(false, "verifier-keys", "can't be used: " + e.getMessage());
    }
    scrub.check(check);
    replicas = Map.copyOf(replicas);
    replicas.forEach((name, folder) ->
        check.that(
            name.matches("[a-z0-9-]{1,40}") && !folder.toString().isBlank(),
            "replicas." + name,
            "is no replica: want a name of small letters, digits and \"-\", and a folder"));
    check.end();
  }

  /// @throws StartException when none is pinned
  List<VerifierKey> pinned() {
    List<VerifierKey> keys = PinnedKeys.parse(verifierKeys);
    if (keys.isEmpty()) {
      throw new StartException(
          "modgate.publisher.verifier-keys pins no verifier, so nothing could be published; give it"
              + " the line of the .pub file beside modgate.verifier.signing-key");
    }
    return keys;
  }
}
