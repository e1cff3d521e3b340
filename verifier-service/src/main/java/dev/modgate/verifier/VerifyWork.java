package dev.modgate.verifier;

import dev.modgate.gomod.modfile.GoMod;
import dev.modgate.gomod.note.SigningKey;
import dev.modgate.gomod.proxy.VersionInfo;
import dev.modgate.gomod.zip.ModuleZip;
import dev.modgate.pipeline.event.DeferReason;
import dev.modgate.pipeline.event.Evidence;
import dev.modgate.pipeline.event.Files;
import dev.modgate.pipeline.event.GoModFacts;
import dev.modgate.pipeline.event.ModuleDeferred;
import dev.modgate.pipeline.event.ModuleEvent;
import dev.modgate.pipeline.event.ModuleFetched;
import dev.modgate.pipeline.event.ModuleRejected;
import dev.modgate.pipeline.event.ModuleVerified;
import dev.modgate.pipeline.event.Refusal;
import dev.modgate.pipeline.event.RejectReason;
import dev.modgate.pipeline.event.StageName;
import dev.modgate.pipeline.event.SumDbEvidence;
import dev.modgate.pipeline.event.Want;
import dev.modgate.pipeline.stage.DependencyDownException;
import dev.modgate.pipeline.stage.NotNowException;
import dev.modgate.pipeline.stage.StageWork;
import dev.modgate.pipeline.store.BlobRef;
import dev.modgate.pipeline.store.BlobStore;
import dev.modgate.pipeline.verdict.VerdictNote;
import dev.modgate.verifier.sumdb.ChecksumDatabase;
import dev.modgate.verifier.sumdb.SumDbAnswer;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Turns what was fetched into what is verified, or refused. Only reads; so doing it twice is
/// harmless.
public final class VerifyWork implements StageWork<ModuleFetched> {
  private static final Logger log = LoggerFactory.getLogger(VerifyWork.class);

  private static final Duration STORE_WAIT = Duration.ofSeconds(10);

  private final BlobStore blobs;
  private final String storeName;
  private final ModuleBytes bytes;
  private final ChecksumDatabase database;
  private final SigningKey key;
  private final InstantSource clock;

  /// @param storeName names the blob store in sentences
  /// @param key signs what is accepted
  public VerifyWork(
      BlobStore blobs,
      String storeName,
      ChecksumDatabase database,
      SigningKey key,
      InstantSource clock) {
    this.key = key;
    this.database = database;
    this.blobs = blobs;
    this.storeName = storeName;
    this.bytes = new ModuleBytes(blobs);
    this.clock = clock;
  }

  @Override
  public List<ModuleEvent> process(ModuleFetched event)
      throws NotNowException, DependencyDownException, InterruptedException {
    if (event.want() == Want.ZIP && event.files().zip() == null) {
      throw new IllegalArgumentException(
          event.module() + ": a zip is wanted, but none was fetched");
    }
    Optional<Verdict.Refused> tooLarge = tooLarge(event.files());
    if (tooLarge.isPresent()) {
      return List.of(answer(event, tooLarge.get(), new SumDbAnswer.NotAsked(""), null));
    }
    SumDbAnswer signed = database.ask(event.module());
    try {
      Findings found = bytes.read(event.module(), event.files(), event.want() == Want.ZIP);
      Verdict verdict = Judge.judge(event.module(), event.want(), found, signed, event.origins());
      return List.of(answer(event, verdict, signed, found.facts()));
    } catch (BlobUnusableException e) {
      return deferred(event, DeferReason.REFETCH, e.sentence());
    } catch (IOException e) {
      if (Thread.interrupted()) { // a channel closes under a thread that is interrupted
        throw (InterruptedException) new InterruptedException().initCause(e);
      }
      throw unreadable(event, e);
    }
  }

  /// One blob that can't be read is put off; a store that can't be read holds all of them up.
  private NotNowException unreadable(ModuleFetched event, IOException e)
      throws DependencyDownException {
    try {
      blobs.probe();
    } catch (IOException down) {
      throw new DependencyDownException(storeName + " can't be read: " + why(down), STORE_WAIT);
    }
    return NotNowException.tryAgain(
        DeferReason.STORE_FAILED,
        event.module() + ": its blobs can't be read from " + storeName + ": " + why(e),
        e);
  }

  /// The message of a [FileSystemException] may be a path alone.
  private static String why(IOException e) {
    return e instanceof FileSystemException || e.getMessage() == null
        ? e.toString()
        : e.getMessage();
  }

  private ModuleEvent answer(
      ModuleFetched event, Verdict verdict, SumDbAnswer signed, @Nullable GoModFacts facts) {
    return switch (verdict) {
      case Verdict.Accepted(var zipHash, var goModHash, var checks) ->
          new ModuleVerified(
              event.request(),
              event.module(),
              event.want(),
              VerdictNote.sign(
                  event.module(),
                  event.want(),
                  new Evidence(
                      event.fetch(),
                      event.want() == Want.ZIP ? event.files() : event.files().withoutZip(),
                      zipHash,
                      goModHash,
                      event.origins(),
                      WrongBytes.noted(checks, event.refusals()),
                      Judge.RULES_REVISION,
                      clock.instant(),
                      evidence(signed)),
                  key),
              facts);
      case Verdict.Refused refused ->
          switch (WrongBytes.of(event, refused)) {
            case WrongBytes.TryOthers(var refusals, var sentence) ->
                tryOthers(event, refused.reason(), refusals, sentence);
            case WrongBytes.Final(var sentence) -> rejected(event, refused.reason(), sentence);
          };
    };
  }

  private static @Nullable SumDbEvidence evidence(SumDbAnswer signed) {
    return switch (signed) {
      case SumDbAnswer.Proven(var database, var proof, var head) ->
          new SumDbEvidence(
              database, proof.reply().id(), head.size(), head.hash().toString(), proof.text());
      case SumDbAnswer.Unknown _, SumDbAnswer.NotAsked _ -> null;
    };
  }

  private static Optional<Verdict.Refused> tooLarge(Files files) {
    if (files.info().size() > VersionInfo.MAX_BYTES) {
      return Optional.of(tooLarge(Files.Kind.INFO, files.info().size(), VersionInfo.MAX_BYTES));
    }
    return files.mod().size() > GoMod.MAX_BYTES
        ? Optional.of(tooLarge(Files.Kind.MOD, files.mod().size(), GoMod.MAX_BYTES))
        : Optional.empty();
  }

  private static Verdict.Refused tooLarge(Files.Kind kind, long size, long limit) {
    return new Verdict.Refused(
        RejectReason.TOO_LARGE,
        "its " + kind.ending() + " has " + size + " bytes, at most " + limit,
        Set.of(kind));
  }

  private ModuleDeferred tryOthers(
      ModuleFetched event, RejectReason reason, List<Refusal> refusals, String sentence) {
    tell(reason, sentence);
    return new ModuleDeferred(
        event.request(),
        event.module(),
        event.want(),
        StageName.VERIFY,
        DeferReason.WRONG_BYTES,
        sentence,
        clock.instant(),
        refusals);
  }

  private ModuleRejected rejected(ModuleFetched event, RejectReason reason, String sentence) {
    tell(reason, sentence);
    return new ModuleRejected(
        event.request(),
        event.module(),
        event.want(),
        StageName.VERIFY,
        reason,
        sentence,
        event.origins(),
        event.fetch(),
        Judge.RULES_REVISION,
        clock.instant());
  }

  private static void tell(RejectReason reason, String sentence) {
    if (reason.isSecurity()) {
      log.error("security: {}", sentence);
    } else {
      log.warn("refused: {}", sentence);
    }
  }

  @Override
  public List<ModuleEvent> deferred(ModuleFetched event, DeferReason reason, String sentence) {
    return List.of(
        new ModuleDeferred(
            event.request(),
            event.module(),
            event.want(),
            StageName.VERIFY,
            reason,
            sentence,
            clock.instant()));
  }

  /// The heap that it takes at most: reading a small file takes it twice, a zip is not held.
  @Override
  public long weight(ModuleFetched event) {
    long small = event.files().info().size() + event.files().mod().size();
    BlobRef zip = event.files().zip();
    return 2 * small + (zip == null ? 0 : ModuleZip.heapBytes(zip.size()));
  }
}
