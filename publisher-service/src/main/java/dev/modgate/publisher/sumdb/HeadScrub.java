package dev.modgate.publisher.sumdb;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.modgate.gomod.sumdb.LookupReply;
import dev.modgate.gomod.sumdb.SignedHead;
import dev.modgate.pipeline.store.ObjectKey;
import dev.modgate.pipeline.store.ObjectSource;
import dev.modgate.pipeline.store.ObjectStat;
import dev.modgate.pipeline.store.ObjectStore;
import dev.modgate.pipeline.trust.TrustLayout;
import dev.modgate.pipeline.zone.ScrubState.Cure;
import dev.modgate.pipeline.zone.ScrubState.Fault;
import dev.modgate.publisher.sumdb.Mending.Found;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Looks at the heads that the database inside serves: the list of epochs, the note of each, the
/// latest, and that the database is served at all.
///
/// No head is written that the database has not signed, nor one that is not the beginning of the
/// newest, or has it as its beginning: where two were signed that are of two histories, nothing is
/// changed, and every verifier is stopped.
final class HeadScrub {
  private static final Logger log = LoggerFactory.getLogger(HeadScrub.class);

  /// So long a publisher may be at writing what comes after the list.
  private static final Duration YOUNG = Duration.ofHours(1);

  private final DatabaseTruth truth;
  private final Mending mending;

  HeadScrub(DatabaseTruth truth, Mending mending) {
    this.truth = truth;
    this.mending = mending;
  }

  /// @throws IOException where the store can't be asked
  void check(List<Flaw> flaws) throws IOException {
    ObjectKey list = truth.object("epochs");
    Optional<ObjectStat> listed = mending.zone().stat(list);
    if (listed.isEmpty() && !hasAny("epoch") && !hasAny("lookup") && !hasAny("latest")) {
      return; // a publisher has begun, and died before anything was to be seen
    }
    Optional<String> fault = truth.epochs().fault();
    if (fault.isPresent()) {
      mend(List.of(), list, listed.isEmpty() ? Fault.MISSING : Fault.CHANGED, fault.get(), flaws);
    }
    boolean old = listed.isEmpty() || listed.get().modified().isBefore(mending.now().minus(YOUNG));
    latest(old, flaws);
    if (old && mending.zone().stat(truth.object("supported")).isEmpty()) {
      mend(List.of(), truth.object("supported"), Fault.MISSING, "is missing", flaws);
    }
    notes(old, flaws);
  }

  private boolean hasAny(String below) throws IOException {
    try (Stream<ObjectStat> all = mending.zone().list(truth.object(below).value())) {
      return all.findAny().isPresent();
    }
  }

  private void latest(boolean old, List<Flaw> flaws) throws IOException {
    ObjectKey object = truth.object("latest");
    Found there = mending.read(object, LookupReply.MAX_BYTES);
    Optional<SignedHead> head = truth.head(there.bytes());
    Optional<SignedHead> newest = truth.epochs().newest();
    if (there.isAbsent()) {
      if (old) {
        mend(List.of(), object, Fault.MISSING, "is missing", flaws);
      }
    } else if (head.isEmpty()) {
      String sentence = "is no head that " + truth.key().name() + " has signed";
      mend(List.of(), object, Fault.CHANGED, sentence, flaws);
    } else if (newest.isEmpty() || newest.get().head().size() < head.get().head().size()) {
      String sentence = "does not list the latest, a " + head.get().head();
      mend(List.of(), truth.object("epochs"), Fault.INVISIBLE, sentence, flaws);
    } else {
      try {
        requireSame(newest.get(), head.get());
      } catch (TwoHistoriesException e) {
        flaws.add(alarm(object, e));
      }
    }
  }

  /// Of the newest one it may just be written.
  private void notes(boolean old, List<Flaw> flaws) throws IOException {
    List<SignedHead> heads = truth.epochs().heads();
    for (SignedHead head : old ? heads : heads.subList(0, Math.max(0, heads.size() - 1))) {
      ObjectKey object = truth.object("epoch/" + head.head().size());
      if (mending.zone().stat(object).isEmpty()) {
        var absent = new Found(new byte[0], Optional.empty());
        byte[] note = head.note().getBytes(UTF_8);
        mending.mend(object, absent, note, Fault.MISSING, "is missing").ifPresent(flaws::add);
      }
    }
  }

  /// Makes all of it again, out of all heads that are known.
  ///
  /// @param more heads that are to be listed
  /// @param object that showed that something is wrong
  void mend(List<SignedHead> more, ObjectKey object, Fault fault, String sentence, List<Flaw> flaws)
      throws IOException {
    mending.keepAside(object);
    try {
      boolean any = mended(more).isPresent();
      truth.forget();
      flaws.add(
          any
              ? Flaw.of(object, fault, sentence, Cure.REPAIRED)
              : Flaw.of(object, fault, sentence + mending.help(), Cure.NONE));
    } catch (FreshProofException e) {
      String why = sentence + " (" + e.sentence() + ")" + mending.help();
      flaws.add(Flaw.of(object, fault, why, Cure.NONE));
    } catch (TwoHistoriesException e) {
      flaws.add(alarm(object, e));
    } catch (UnprovableException e) {
      throw new IllegalStateException(e); // it is one of the two
    }
  }

  /// With those elsewhere, unless a tile is lost that would lead there.
  private Optional<SignedHead> mended(List<SignedHead> more)
      throws IOException, UnprovableException {
    var all = new ArrayList<>(more);
    all.addAll(elsewhere());
    try {
      return epochs().mended(all);
    } catch (FreshProofException e) {
      return epochs().mended(more);
    }
  }

  private ZoneEpochs epochs() {
    String name = truth.key().name();
    var tiles =
        new TileFiles(
            name,
            mending.blobs(),
            mending.zone(),
            truth.replicas().stream().map(replica -> Place.inside(replica, name)).toList());
    return new ZoneEpochs(truth.key(), mending.blobs(), mending.zone(), tiles);
  }

  private List<SignedHead> elsewhere() {
    var heads = new ArrayList<SignedHead>();
    ObjectKey inside = new TrustLayout(truth.key().name()).object(TrustLayout.INSIDE);
    Mending.readable(mending.blobs(), inside, LookupReply.MAX_BYTES)
        .flatMap(truth::head)
        .ifPresent(heads::add);
    for (ObjectSource replica : truth.replicas()) {
      Mending.readable(replica, truth.object("epochs"), ObjectStore.MAX_SWAPPED)
          .map(list -> EpochList.of(new String(list, UTF_8), truth.key()).heads())
          .ifPresent(heads::addAll);
    }
    return heads;
  }

  void requireSame(SignedHead newest, SignedHead head) throws TwoHistoriesException {
    TwoHistoriesException.requireSame(truth.key().name(), newest, head);
  }

  /// What has to be seen by a person before anything is published.
  Flaw alarm(ObjectKey object, TwoHistoriesException e) throws IOException {
    log.error("security: \"{}\": {}", object, e.sentence());
    var alarm = new TrustLayout(truth.key().name()).object(TrustLayout.ALARM);
    var _ = mending.blobs().compareAndSwap(alarm, Optional.empty(), e.report().getBytes(UTF_8));
    return Flaw.of(
        object,
        Fault.CHANGED,
        "contradicts another signed head: "
            + e.sentence()
            + "; nothing of it was changed: see modgate trust show",
        Cure.NONE);
  }
}
