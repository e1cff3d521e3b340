package dev.modgate.verifier.sumdb;

import dev.modgate.gomod.module.ModuleVersion;
import dev.modgate.gomod.note.VerifierKey;
import dev.modgate.gomod.sumdb.HeadOutcome;
import dev.modgate.gomod.sumdb.LookupOutcome;
import dev.modgate.gomod.sumdb.Misbehaviour;
import dev.modgate.gomod.sumdb.NoSumDb;
import dev.modgate.gomod.sumdb.SignedHead;
import dev.modgate.gomod.sumdb.SumDatabase;
import dev.modgate.gomod.sumdb.SumDbException;
import dev.modgate.gomod.sumdb.SumDbProof;
import dev.modgate.gomod.tlog.TreeHead;
import dev.modgate.gomod.toolchain.Toolchain;
import dev.modgate.pipeline.event.DeferReason;
import dev.modgate.pipeline.stage.DependencyDownException;
import dev.modgate.pipeline.stage.DependencyStatus;
import dev.modgate.pipeline.stage.NotNowException;
import dev.modgate.start.Meters;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/// A checksum database that is asked about each version, unless a pattern says not to; the package
/// says what comes of it.
public final class AskedDatabase implements ChecksumDatabase {
  private static final Duration WAIT = Duration.ofSeconds(10);

  /// How long the latest head may go unseen.
  private static final Duration HEAD_INTERVAL = Duration.ofMinutes(10);

  /// How long versions are proven under one head: each one that is used costs tiles inside.
  private static final Duration HEAD_PIN = Duration.ofMinutes(10);

  private final VerifierKey key;
  private final NoSumDb noSumDb;
  private final TrustStore trust;
  private final RemoteDatabase remote;
  private final InstantSource clock;
  private final SumDatabase database;
  private final Misconduct misconduct = new Misconduct(Meters.registry());
  private final AtomicReference<Instant> nextHead = new AtomicReference<>(Instant.MIN);
  private final AtomicReference<DependencyStatus> status;

  /// By an alarm, as far as was seen.
  private volatile boolean stopped;

  /// @param key of the database: no other is believed
  /// @param noSumDb which modules it is not asked about; toolchains always are
  public AskedDatabase(
      VerifierKey key,
      NoSumDb noSumDb,
      TrustStore trust,
      RemoteDatabase remote,
      InstantSource clock) {
    this.key = key;
    this.noSumDb = noSumDb;
    this.trust = trust;
    this.remote = remote;
    this.clock = clock;
    this.database = new SumDatabase(key, new SharedOps(remote, trust), HEAD_PIN, clock);
    this.status = new AtomicReference<>(atStart());
  }

  private DependencyStatus atStart() {
    try {
      return trust
          .alarm()
          .map(alarm -> {
            stopped = true;
            return status(DependencyStatus.Health.DOWN, whyStopped(alarm));
          })
          .orElseGet(() -> status(DependencyStatus.Health.UP, "was not asked yet"));
    } catch (IOException e) {
      return status(DependencyStatus.Health.DOWN, sentence(e));
    }
  }

  @Override
  public SumDbAnswer ask(ModuleVersion module)
      throws NotNowException, DependencyDownException, InterruptedException {
    requireTrust();
    if (noSumDb.matches(module.path()) && !module.path().equals(Toolchain.MODULE)) {
      return new SumDbAnswer.NotAsked(
          "no checksum database was asked: modgate.verifier.no-sumdb names the module");
    }
    if (!clock.instant().isBefore(nextHead.get())) {
      requireSoundness();
    }
    try {
      return switch (database.lookup(module)) {
        case LookupOutcome.Proven(SumDbProof proof) -> proven(proof);
        case LookupOutcome.Absent(String text) -> {
          requireSoundness(); // a proxy that no longer serves the database says 404 to everything
          yield new SumDbAnswer.Unknown(key.name(), text);
        }
        case LookupOutcome.Misbehaving(Misbehaviour misbehaviour) ->
            throw unbelievable(module, misbehaviour);
      };
    } catch (NotLookedForYetException e) {
      throw NotNowException.tryAgain(DeferReason.SUMDB_FAILED, module + ": " + sentence(e), e);
    } catch (IOException e) {
      interruptedBy(e);
      requireSoundness(); // else nobody can be proven
      throw NotNowException.tryAgain(DeferReason.SUMDB_FAILED, module + ": " + sentence(e), e);
    } catch (SumDbException e) {
      throw unbelievable(module, e.misbehaviour());
    }
  }

  private SumDbAnswer proven(SumDbProof proof) throws SumDbException {
    TreeHead head = proof.head(key).head();
    status.set(status(DependencyStatus.Health.UP, "proves under a tree of " + head.size()));
    return new SumDbAnswer.Proven(key.name(), proof, head);
  }

  /// Of this version alone, unless the database can't be believed otherwise either.
  private NotNowException unbelievable(ModuleVersion module, Misbehaviour misbehaviour)
      throws DependencyDownException, InterruptedException {
    // whether it stays gone back, the latest head tells
    if (misconduct.stops(misbehaviour, clock.instant()) && isFork(misbehaviour)) {
      throw stop(misbehaviour);
    }
    requireSoundness();
    return NotNowException.tryMuchLater(
        DeferReason.SUMDB_FAILED,
        module
            + ": what "
            + key.name()
            + " answers must not be believed: "
            + misbehaviour.sentence());
  }

  private static boolean isFork(Misbehaviour misbehaviour) {
    return misbehaviour instanceof Misbehaviour.Fork;
  }

  /// The database gives its latest head, of the one history that is remembered.
  private void requireSoundness() throws DependencyDownException, InterruptedException {
    try {
      joinInside();
      switch (database.latest()) {
        case HeadOutcome.Current(var head) -> sound(head);
        case HeadOutcome.Behind(_, var remembered) -> sound(remembered);
        case HeadOutcome.Misbehaving(Misbehaviour misbehaviour) -> throw misbehaving(misbehaviour);
      }
    } catch (SumDbException e) {
      throw misbehaving(e.misbehaviour());
    } catch (IOException e) {
      interruptedBy(e);
      remote.chooseAgain();
      throw down("can't be asked: " + sentence(e));
    }
  }

  /// So that the tiles that join the newest epoch inside to what is proven from now on are kept,
  /// also where this memory was lost and begun anew, or restored.
  private void joinInside() throws IOException, SumDbException {
    Optional<SignedHead> inside = trust.inside(key);
    if (inside.isPresent()) {
      database.join(inside.get().note());
    }
  }

  private DependencyDownException misbehaving(Misbehaviour misbehaviour) {
    remote.chooseAgain();
    return misconduct.stops(misbehaviour, clock.instant())
        ? stop(misbehaviour)
        : down("can't be believed: " + misbehaviour.sentence());
  }

  private void sound(SignedHead head) {
    misconduct.whole();
    nextHead.set(clock.instant().plus(HEAD_INTERVAL));
    status.set(status(DependencyStatus.Health.UP, "has signed a tree of " + head.head().size()));
  }

  private void requireTrust() throws DependencyDownException, InterruptedException {
    try {
      var alarm = trust.alarm();
      if (alarm.isPresent()) {
        throw stopped(alarm.get());
      }
    } catch (IOException e) {
      interruptedBy(e);
      throw down("can't be asked without what is remembered of it: " + sentence(e));
    }
  }

  private DependencyDownException stop(Misbehaviour misbehaviour) {
    String report =
        switch (misbehaviour) {
          case Misbehaviour.Fork fork -> fork.report();
          case Misbehaviour.Rollback back ->
              back.sentence()
                  + "\n\nremembered head:\n\n"
                  + back.remembered().note()
                  + "\nserved head:\n\n"
                  + back.served().note();
          case Misbehaviour.Malformed _, Misbehaviour.Forged _, Misbehaviour.WrongRecord _ ->
              misbehaviour.sentence();
        };
    try {
      trust.raiseAlarm(report);
    } catch (IOException e) {
      return down(misbehaviour.sentence() + "; and no alarm can be written: " + sentence(e));
    }
    return stopped(report);
  }

  private DependencyDownException stopped(String alarm) {
    stopped = true;
    return down(whyStopped(alarm));
  }

  private String whyStopped(String alarm) {
    return "stopped everything: "
        + alarm.lines().findFirst().orElse("")
        + "; when a person has looked into it: modgate security acknowledge "
        + key.name();
  }

  private DependencyDownException down(String why) {
    status.set(status(DependencyStatus.Health.DOWN, why));
    return new DependencyDownException("checksum database " + key.name() + " " + why, WAIT);
  }

  private DependencyStatus status(DependencyStatus.Health health, String sentence) {
    return new DependencyStatus(
        "checksum database " + key.name(), health, sentence, clock.instant());
  }

  /// @throws InterruptedException where that is what the failure is
  private static void interruptedBy(IOException e) throws InterruptedException {
    if (Thread.interrupted()) {
      throw (InterruptedException) new InterruptedException().initCause(e);
    }
  }

  private static String sentence(IOException e) {
    return e.getMessage() == null ? e.toString() : e.getMessage();
  }

  @Override
  public List<DependencyStatus> statuses() {
    if (stopped) {
      try {
        if (trust.alarm().isEmpty()) {
          stopped = false;
          status.set(
              status(DependencyStatus.Health.UP, "alarm acknowledged, was not asked again yet"));
        }
      } catch (IOException e) {
        status.set(status(DependencyStatus.Health.DOWN, sentence(e)));
      }
    }
    return List.of(status.get());
  }

  @Override
  public void close() {
    remote.close();
  }
}
