package dev.modgate.publisher;

import dev.modgate.gomod.note.VerifierKey;
import dev.modgate.pipeline.event.DeferReason;
import dev.modgate.pipeline.event.ModuleDeferred;
import dev.modgate.pipeline.event.ModuleEvent;
import dev.modgate.pipeline.event.ModulePublished;
import dev.modgate.pipeline.event.ModuleRejected;
import dev.modgate.pipeline.event.ModuleVerified;
import dev.modgate.pipeline.event.RejectReason;
import dev.modgate.pipeline.event.StageName;
import dev.modgate.pipeline.stage.DependencyDownException;
import dev.modgate.pipeline.stage.NotNowException;
import dev.modgate.pipeline.stage.StageWork;
import dev.modgate.pipeline.store.BlobStore;
import dev.modgate.pipeline.store.ObjectStore;
import dev.modgate.pipeline.store.UnusableObjectException;
import dev.modgate.pipeline.verdict.VerdictException;
import dev.modgate.pipeline.verdict.VerdictNote;
import dev.modgate.publisher.sumdb.FreshProofException;
import dev.modgate.publisher.sumdb.InnerDatabase;
import dev.modgate.publisher.sumdb.TwoHistoriesException;
import dev.modgate.publisher.sumdb.UnprovableException;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Brings what is verified inside, and signed by a verifier that is pinned: who can merely write to
/// the topic publishes nothing. Where the zone store or the blob store fails, everything waits: the
/// stage pauses. Where one object in either can't be used, only the module that needs it is
/// deferred.
public final class PublishWork implements StageWork<ModuleVerified> {
  private static final Logger log = LoggerFactory.getLogger(PublishWork.class);

  static final Duration STORE_PAUSE = Duration.ofSeconds(10);

  private final BlobStore blobs;
  private final List<VerifierKey> verifiers;
  private final ZonePublisher publisher;
  private final InstantSource clock;

  /// @param sumdb empty where none is brought inside
  /// @param verifiers whose verdicts are believed
  public PublishWork(
      BlobStore blobs,
      ObjectStore zone,
      Optional<InnerDatabase> sumdb,
      List<VerifierKey> verifiers,
      InstantSource clock) {
    this.verifiers = List.copyOf(verifiers);
    this.blobs = blobs;
    this.publisher = new ZonePublisher(blobs, zone, sumdb);
    this.clock = clock;
  }

  @Override
  public List<ModuleEvent> process(ModuleVerified event)
      throws NotNowException, DependencyDownException, InterruptedException {
    Optional<String> unsigned = signatureFault(event);
    if (unsigned.isPresent()) {
      return List.of(unbelievable(event, unsigned.get()));
    }
    try {
      return List.of(
          switch (publisher.publish(event.module(), event.want(), event.evidence())) {
            case Publication.Inside(var evidence) ->
                new ModulePublished(
                    event.request(), event.module(), event.want(), evidence, clock.instant());
            case Publication.Differs(var sentence) -> differs(event, sentence);
          });
    } catch (BlobUnusableException e) {
      return deferred(event, DeferReason.REFETCH, e.sentence());
    } catch (UnprovableException e) {
      return switch (e) {
        case FreshProofException _ ->
            deferred(event, DeferReason.REFETCH, event.module() + ": " + e.sentence());
        case TwoHistoriesException _ -> {
          log.error("security: {}", e.sentence());
          throw new DependencyDownException(e.sentence(), STORE_PAUSE);
        }
      };
    } catch (BlobReadException e) {
      throw unreadable(event, e);
    } catch (UnusableObjectException e) {
      log.warn("{}: {}", event.module(), e.getMessage());
      throw NotNowException.tryMuchLater(
          DeferReason.STORE_FAILED, event.module() + ": " + e.getMessage());
    } catch (IOException e) {
      if (Thread.interrupted()) { // a channel closes under a thread that is interrupted
        throw (InterruptedException) new InterruptedException().initCause(e);
      }
      log.warn("{}: the zone store fails: {}", event.module(), e.toString());
      throw new DependencyDownException("the zone store fails: " + e.getMessage(), STORE_PAUSE);
    }
  }

  /// Empty where a pinned verifier has signed just what the event says.
  private Optional<String> signatureFault(ModuleVerified event) {
    try {
      return VerdictNote.open(event.evidence(), verifiers)
          .fault(event.module(), event.want(), event.evidence())
          .map(fault -> "its record is not what the verifier signed: " + fault);
    } catch (VerdictException e) {
      return Optional.of(e.sentence());
    }
  }

  /// Repeats nothing of the record that only a verifier could know.
  private ModuleRejected unbelievable(ModuleVerified event, String fault) {
    String sentence = event.module() + ": " + fault + "; nothing of it was published";
    log.error("security: {}", sentence);
    return new ModuleRejected(
        event.request(),
        event.module(),
        event.want(),
        StageName.PUBLISH,
        RejectReason.BAD_SIGNATURE,
        sentence,
        List.of(),
        null,
        0,
        clock.instant());
  }

  /// One blob that can't be read is put off; a store that can't be read holds all of them up.
  private NotNowException unreadable(ModuleVerified event, BlobReadException e)
      throws DependencyDownException {
    try {
      blobs.probe();
    } catch (IOException down) {
      throw new DependencyDownException(
          "the blob store can't be read: " + down.getMessage(), STORE_PAUSE);
    }
    return NotNowException.tryAgain(
        DeferReason.STORE_FAILED, event.module() + ": " + e.getMessage(), e);
  }

  private ModuleRejected differs(ModuleVerified event, String sentence) {
    log.error("security: {}", sentence);
    return new ModuleRejected(
        event.request(),
        event.module(),
        event.want(),
        StageName.PUBLISH,
        RejectReason.PUBLISHED_DIFFERS,
        sentence,
        event.evidence().origins(),
        event.evidence().fetch(),
        event.evidence().rulesRevision(),
        clock.instant());
  }

  @Override
  public List<ModuleEvent> deferred(ModuleVerified event, DeferReason reason, String sentence) {
    return List.of(
        new ModuleDeferred(
            event.request(),
            event.module(),
            event.want(),
            StageName.PUBLISH,
            reason,
            sentence,
            clock.instant()));
  }

  /// What is copied; a buffer of it is held at a time.
  @Override
  public long weight(ModuleVerified event) {
    return event.evidence().files().size();
  }
}
