package dev.modgate.watcher.hook;

import dev.modgate.gomod.quote.Quoted;
import dev.modgate.pipeline.store.Sha256;
import dev.modgate.watcher.hook.delivery.Deliveries;
import dev.modgate.watcher.hook.delivery.Deliveries.Taken;
import dev.modgate.watcher.hook.delivery.Delivery;
import dev.modgate.watcher.hook.delivery.Delivery.Outcome;
import dev.modgate.watcher.hook.delivery.Verdict;
import dev.modgate.watcher.hook.payload.HookEvent;
import dev.modgate.watcher.hook.payload.Payload;
import dev.modgate.watcher.hook.signature.Authenticity;
import dev.modgate.watcher.hook.signature.HookHeaders;
import dev.modgate.watcher.hook.signature.SignatureScheme;
import dev.modgate.watcher.run.FoundBy;
import dev.modgate.watcher.source.HostKind;
import dev.modgate.watcher.source.SecretRef;
import dev.modgate.watcher.source.Source;
import dev.modgate.watcher.source.Sources;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Takes a delivery whose body has come. Does the same work whether there is such a source or not,
/// so that the time of the answer hardly tells.
final class HookReceiver {
  private static final Logger LOG = LoggerFactory.getLogger(HookReceiver.class);
  private static final String NAME = "[a-z0-9-]{1,63}";

  /// A host that gives no ids tries again that soon, if at all.
  private static final Duration TRIES_AGAIN_WITHIN = Duration.ofMinutes(5);

  /// Nobody's.
  private static final String NO_SECRET = UUID.randomUUID().toString();

  private static final SignatureScheme ANY_SCHEME =
      SignatureScheme.of(HostKind.GITHUB, new Source.Webhook(List.of(), "", ""));

  private final Sources sources;
  private final Deliveries deliveries;
  private final Refusals refusals = new Refusals();
  private final Clock clock;

  HookReceiver(Sources sources, Deliveries deliveries, Clock clock) {
    this.sources = sources;
    this.deliveries = deliveries;
    this.clock = clock;
  }

  /// What is answered.
  sealed interface Answer {
    /// With the delivery's id.
    record Known(Taken taken) implements Answer {}

    /// @param sentence for who asks: not more than anybody may know
    record Refused(Verdict verdict, String sentence) implements Answer {}
  }

  Answer receive(String name, HookHeaders headers, byte[] body) {
    var hash = Sha256.of(body);
    Optional<Source> source = sources.find(name).filter(one -> !one.webhook().secrets().isEmpty());
    var secrets = new ArrayList<String>();
    Optional<String> unreadable =
        source.flatMap(one -> readSecrets(one.webhook().secrets(), secrets));
    Authenticity authenticity =
        source
            .map(one -> SignatureScheme.of(one.host(), one.webhook()))
            .orElse(ANY_SCHEME)
            .check(
                headers, body, secrets.isEmpty() ? List.of(NO_SECRET) : secrets, clock.instant());
    var came = new Came(name, Optional.of(hash.toString()), body.length);
    if (source.isEmpty()) {
      return refuse(
          came, Verdict.UNKNOWN_SOURCE, "there is no source of this name with a webhook secret");
    }
    return switch (authenticity) {
      case Authenticity.Authentic authentic -> taken(source.get(), authentic, came, headers, body);
      case Authenticity.Stale(var why) -> refuse(came, Verdict.STALE, why);
      case Authenticity.Unsigned(var why) -> refuse(came, unreadable, Verdict.UNSIGNED, why);
      case Authenticity.Wrong(var why) -> refuse(came, unreadable, Verdict.BAD_SIGNATURE, why);
    };
  }

  /// A body that did not come to its end.
  Answer cutShort(String name, Verdict verdict, String sentence, long bytes) {
    return refuse(new Came(name, Optional.empty(), bytes), verdict, sentence);
  }

  /// @param hash of the body, hex
  private record Came(String name, Optional<String> hash, long bytes) {}

  /// @param into those that can be read
  /// @return why one can't
  private static Optional<String> readSecrets(List<SecretRef> references, List<String> into) {
    Optional<String> trouble = Optional.empty();
    for (SecretRef reference : references) {
      try {
        into.add(reference.read());
      } catch (SecretRef.UnreadableException e) {
        trouble = Optional.of(String.valueOf(e.getMessage()));
      }
    }
    return trouble;
  }

  private Answer taken(
      Source source,
      Authenticity.Authentic authentic,
      Came came,
      HookHeaders headers,
      byte[] body) {
    HookEvent event = Payload.read(source.host(), headers, body);
    Outcome outcome =
        new HookDecision(source, sources.repositories(source), FoundBy.WEBHOOK).of(event);
    return new Answer.Known(
        deliveries.take(
            new Delivery(
                new Delivery.Origin(
                    source.name(),
                    identity(authentic, came, event),
                    came.hash(),
                    came.bytes(),
                    Optional.empty()),
                Optional.of(
                    new Delivery.Content(event.kind(), event.repositoryName(), event.tips())),
                outcome)));
  }

  /// Without an id, two pushes may have one body: those that name no commit, and those that go back
  /// to one.
  private static Optional<Delivery.Identity> identity(
      Authenticity.Authentic authentic, Came came, HookEvent event) {
    if (authentic.id().isPresent()) {
      return Optional.of(
          new Delivery.Identity(authentic.id(), "id " + authentic.id().get(), Optional.empty()));
    }
    String sameAs = came.hash().orElse("") + " " + authentic.besides();
    if (!authentic.besides().isEmpty()) {
      return Optional.of(new Delivery.Identity(Optional.empty(), sameAs, Optional.empty()));
    }
    return event.tips().stream().allMatch(tip -> tip.commit().isPresent())
        ? Optional.of(
            new Delivery.Identity(Optional.empty(), sameAs, Optional.of(TRIES_AGAIN_WITHIN)))
        : Optional.empty();
  }

  /// A secret that can't be read may be the one that has signed.
  private Answer refuse(Came came, Optional<String> unreadable, Verdict verdict, String why) {
    return unreadable.isPresent()
        ? refuse(came, Verdict.UNUSABLE_SECRET, unreadable.get())
        : refuse(came, verdict, why);
  }

  private Answer refuse(Came came, Verdict verdict, String why) {
    boolean declared = sources.find(came.name()).isPresent();
    OptionalLong number = refusals.next(declared ? came.name() : "", clock.instant());
    if (number.isPresent()) {
      String sentence =
          why
              + (number.getAsLong() > 1
                  ? " (number " + number.getAsLong() + " of this minute that was refused)"
                  : "");
      LOG.warn(
          "webhook for source {} was refused as {}: {}",
          Quoted.of(came.name()),
          verdict.wireName(),
          sentence);
      deliveries.take(
          new Delivery(
              new Delivery.Origin(
                  came.name().matches(NAME) ? came.name() : "",
                  Optional.empty(),
                  came.hash(),
                  came.bytes(),
                  Optional.empty()),
              Optional.empty(),
              new Outcome.Leave(verdict, sentence)));
    }
    return new Answer.Refused(verdict, toAnybody(verdict, why));
  }

  private static String toAnybody(Verdict verdict, String why) {
    return switch (verdict) {
      case UNSIGNED, BAD_SIGNATURE, UNKNOWN_SOURCE ->
          "there is no source of this name with a secret that has signed this delivery";
      case UNUSABLE_SECRET -> "the webhook's secret can't be read here now";
      case STALE, TOO_LARGE, TOO_SLOW -> why;
      case ACCEPTED, PING, IGNORED, FOREIGN_REPOSITORY, UNKNOWN_REPOSITORY, MALFORMED ->
          throw new IllegalArgumentException(verdict + " is no refusal");
    };
  }
}
