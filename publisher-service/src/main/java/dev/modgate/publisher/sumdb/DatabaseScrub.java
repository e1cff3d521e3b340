package dev.modgate.publisher.sumdb;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.modgate.gomod.epoch.EpochTree;
import dev.modgate.gomod.module.ModuleVersion;
import dev.modgate.gomod.quote.Quoted;
import dev.modgate.gomod.sumdb.LookupReply;
import dev.modgate.gomod.sumdb.Misbehaviour;
import dev.modgate.gomod.sumdb.SignedHead;
import dev.modgate.gomod.sumdb.SumDbException;
import dev.modgate.gomod.sumdb.SumDbProof;
import dev.modgate.gomod.sumdb.SumDbRequest;
import dev.modgate.gomod.tlog.Tile;
import dev.modgate.gomod.tlog.TileTree;
import dev.modgate.gomod.tlog.TlogException;
import dev.modgate.pipeline.event.SumDbEvidence;
import dev.modgate.pipeline.store.ObjectKey;
import dev.modgate.pipeline.store.ObjectSource;
import dev.modgate.pipeline.trust.TrustLayout;
import dev.modgate.pipeline.zone.ScrubState.Cure;
import dev.modgate.pipeline.zone.ScrubState.Fault;
import dev.modgate.pipeline.zone.ZoneLayout;
import dev.modgate.publisher.sumdb.Mending.Found;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Looks at what lies of the checksum database inside, one object after another, and mends what is
/// not as the newest signed head says. For one thread.
///
/// | at | is looked at | right ones come from |
/// |---|---|---|
/// | `epochs` and its like, once a pass | [HeadScrub] | the heads that were signed |
/// | `epoch/<size>` | its signature; that it is the beginning of the newest epoch; that all tiles that join the two are inside, and its own right edge | the list of epochs, a replica |
/// | `lookup/…` | its record and head by the tree of the newest epoch; that the tiles that prove it are inside | a replica, else a new request |
/// | `tile/…` | each hash, by its parents and the signed root | what verifiers have kept, a replica, the records and tiles below it |
public final class DatabaseScrub {
  private final DatabaseTruth truth;
  private final Mending mending;
  private final HeadScrub heads;
  private final Set<Tile> seen = new HashSet<>();
  private final List<Flaw> ofHeads = new ArrayList<>();
  private boolean begun;
  private boolean stranger;

  /// What a look at one object brought.
  ///
  /// @param bytes that were hashed
  public record Look(long bytes, List<Flaw> flaws) {}

  public DatabaseScrub(DatabaseTruth truth, Mending mending) {
    this.truth = truth;
    this.mending = mending;
    this.heads = new HeadScrub(truth, mending);
  }

  /// A pass begins: everything is looked at again.
  public void begin() {
    truth.forget();
    seen.clear();
    begun = false;
  }

  /// @throws IOException where the store can't be asked
  public Look look(ObjectKey object) throws IOException {
    Optional<String> path = truth.path(object);
    if (path.isEmpty()) {
      return new Look(0, List.of()); // of a database whose key is not known here
    }
    lookAtHeads();
    var flaws = new ArrayList<>(ofHeads);
    ofHeads.clear();
    if (stranger) {
      return new Look(0, flaws);
    }
    long bytes = 0;
    if (path.get().startsWith("epoch/")) {
      bytes = epoch(object, path.get().substring("epoch/".length()), flaws);
    } else if (!path.get().equals("epochs")) {
      bytes =
          switch (truth.request(path.get()).orElse(null)) {
            case SumDbRequest.Latest _, SumDbRequest.Supported _ -> 0;
            case SumDbRequest.Lookup(_, var module) -> lookup(object, module, flaws);
            case SumDbRequest.OfTile(_, var tile) -> tile(tile, flaws);
            case null -> foreign(object, flaws);
          };
    }
    return new Look(bytes, flaws);
  }

  private void lookAtHeads() throws IOException {
    if (begun) {
      return;
    }
    begun = true; // once a pass, also where it can't be done
    ofHeads.clear();
    truth.forget();
    ObjectKey created = new TrustLayout(truth.key().name()).object(TrustLayout.CREATED);
    Optional<String> other = otherKey(created);
    stranger = other.isPresent();
    if (other.isPresent()) {
      String sentence =
          "was created for "
              + Quoted.of(other.get())
              + ", but modgate.sumdb.database of this publisher has the key "
              + Quoted.of(truth.key().toString())
              + ": nothing of the checksum database inside is looked at until they are the same";
      ofHeads.add(Flaw.of(created, Fault.UNPROVEN, sentence, Cure.NONE));
    } else {
      heads.check(ofHeads);
    }
  }

  /// That verifiers remember, where it is not the one that is believed here.
  private Optional<String> otherKey(ObjectKey created) throws IOException {
    byte[] key = DatabaseTruth.read(mending.blobs(), created, LookupReply.MAX_BYTES);
    return Optional.ofNullable(key)
        .map(line -> new String(line, UTF_8).strip())
        .filter(line -> !line.equals(truth.key().toString()));
  }

  private static long foreign(ObjectKey object, List<Flaw> flaws) {
    flaws.add(Flaw.of(object, Fault.FOREIGN, "lies there, and is nothing of ours", Cure.NONE));
    return 0;
  }

  /// What of the lookup is not what the evidence of a version proves; empty where all is, where
  /// there is none, or where another database has proven it.
  public Optional<Flaw> lookupFault(ModuleVersion module, SumDbEvidence evidence)
      throws IOException {
    lookAtHeads();
    ObjectKey object = ZoneLayout.sumdbLookup(evidence.database(), module);
    Found there = mending.read(object, LookupReply.MAX_BYTES);
    if (stranger || truth.path(object).isEmpty() || there.isAbsent() || truth.knowsNoHead()) {
      return Optional.empty();
    }
    return fault(module, evidence, there)
        .map(fault -> Flaw.toAskFor(module, object, Fault.CHANGED, fault, there.revision()));
  }

  private Optional<String> fault(ModuleVersion module, SumDbEvidence evidence, Found there)
      throws IOException {
    try {
      SumDbProof proof = SumDbProof.open(evidence.proof(), truth.key());
      LookupReply reply = LookupReply.parse(there.bytes());
      return reply.id() == proof.reply().id() && reply.record().equals(proof.reply().record())
          ? truth.lookupFault(module, there.bytes())
          : Optional.of("has record " + reply.id() + ", but " + proof.reply().id() + " was proven");
    } catch (SumDbException e) {
      return Optional.of("is not what was proven: " + e.sentence());
    }
  }

  private long lookup(ObjectKey object, ModuleVersion module, List<Flaw> flaws) throws IOException {
    Found there = mending.read(object, LookupReply.MAX_BYTES);
    if (there.isAbsent()) {
      return 0;
    }
    Optional<String> fault = truth.lookupFault(module, there.bytes());
    if (fault.isPresent()) {
      Optional<byte[]> right = elsewhere(object, module);
      if (right.isPresent()) {
        mending.mend(object, there, right.get(), Fault.CHANGED, fault.get()).ifPresent(flaws::add);
      } else {
        flaws.add(Flaw.toAskFor(module, object, Fault.CHANGED, fault.get(), there.revision()));
      }
      return there.size();
    }
    Optional<ProvenTiles> tree = truth.tree();
    return there.size() + (tree.isPresent() ? way(tree.get(), there, flaws) : 0);
  }

  private long way(ProvenTiles tree, Found lookup, List<Flaw> flaws) throws IOException {
    try {
      long record = LookupReply.parse(lookup.bytes()).id();
      var leaf = new Tile(Tile.SUMDB_HEIGHT, 0, record >> Tile.SUMDB_HEIGHT, 1);
      return tree.has(leaf) ? tiles(tree.shape().wayTo(leaf), flaws) : 0;
    } catch (SumDbException e) {
      throw new IllegalStateException(e); // it was parsed before
    }
  }

  private Optional<byte[]> elsewhere(ObjectKey object, ModuleVersion module) throws IOException {
    for (ObjectSource replica : truth.replicas()) {
      Optional<byte[]> found = Mending.readable(replica, object, LookupReply.MAX_BYTES);
      if (found.isPresent() && truth.lookupFault(module, found.get()).isEmpty()) {
        return found;
      }
    }
    return Optional.empty();
  }

  private long epoch(ObjectKey object, String size, List<Flaw> flaws) throws IOException {
    Found there = mending.read(object, LookupReply.MAX_BYTES);
    if (there.isAbsent()) {
      return 0;
    }
    Optional<SignedHead> head = epoch(there.bytes(), size);
    if (head.isPresent()) {
      return there.size() + joined(object, head.get(), flaws);
    }
    Optional<byte[]> right =
        truth.epochs().heads().stream()
            .filter(listed -> size.equals(Long.toString(listed.head().size())))
            .map(listed -> listed.note().getBytes(UTF_8))
            .findFirst();
    for (ObjectSource replica : truth.replicas()) {
      if (right.isEmpty()) {
        right =
            Mending.readable(replica, object, LookupReply.MAX_BYTES)
                .filter(note -> epoch(note, size).isPresent());
      }
    }
    String sentence = "is no head of " + size + " records that " + truth.key().name() + " signed";
    if (right.isPresent()) {
      mending.mend(object, there, right.get(), Fault.CHANGED, sentence).ifPresent(flaws::add);
    } else if (!truth.knowsNoHead()) {
      mending.setAside(object, there, Fault.CHANGED, sentence).ifPresent(flaws::add);
    }
    return there.size();
  }

  private Optional<SignedHead> epoch(byte[] note, String size) {
    return truth.head(note).filter(head -> size.equals(Long.toString(head.head().size())));
  }

  /// A client that remembers this epoch is led to the newest one.
  private long joined(ObjectKey object, SignedHead head, List<Flaw> flaws) throws IOException {
    ProvenTiles tree = truth.tree().orElse(null);
    if (tree == null || tree.head().head().size() < head.head().size()) {
      truth.forget(); // it may have been listed meanwhile
      tree = truth.tree().orElse(null);
      if (tree == null || tree.head().head().size() < head.head().size()) {
        heads.mend(List.of(head), object, Fault.INVISIBLE, "is not listed", flaws);
        return 0;
      }
    }
    try {
      heads.requireSame(tree.head(), head);
      Map<Tile, byte[]> needed = new EpochTree(tree.head(), tree).join(Optional.of(head));
      long bytes = tiles(needed.keySet(), flaws);
      return bytes + tiles(new TileTree(Tile.SUMDB_HEIGHT, head.head().size()).rightEdge(), flaws);
    } catch (MissingTileException e) {
      flaws.add(
          Flaw.of(
              object,
              Fault.MISSING,
              "can't be led to the newest epoch: " + e.sentence() + mending.help(),
              Cure.NONE));
    } catch (TwoHistoriesException e) {
      flaws.add(heads.alarm(object, e));
    } catch (SumDbException e) {
      flaws.add(
          heads.alarm(
              object,
              new TwoHistoriesException(
                  truth.key().name() + ": " + e.sentence(),
                  e.misbehaviour() instanceof Misbehaviour.Fork fork
                      ? fork.report()
                      : e.sentence())));
    } catch (TlogException e) {
      throw new IllegalStateException(e); // each tile was proven
    }
    return 0;
  }

  private long tiles(Iterable<Tile> tiles, List<Flaw> flaws) throws IOException {
    long bytes = 0;
    for (Tile tile : tiles) {
      bytes += tile(tile, flaws);
    }
    return bytes;
  }

  /// Of no epoch is what a publisher has put there that then died: nothing needs it yet.
  private long tile(Tile tile, List<Flaw> flaws) throws IOException {
    if (truth.tree().filter(tree -> tree.has(tile)).isEmpty()) {
      truth.forget();
    }
    Optional<ProvenTiles> tree = truth.tree().filter(newest -> newest.has(tile));
    if (tree.isEmpty() || !seen.add(tile)) {
      return 0;
    }
    ObjectKey object = truth.object(tile.path());
    Found there = mending.read(object, Place.MAX_BYTES);
    Optional<byte[]> right = tree.get().find(tile);
    if (!there.isAbsent() && right.filter(r -> Arrays.equals(r, there.bytes())).isPresent()) {
      return there.size();
    }
    Fault fault = there.isAbsent() ? Fault.MISSING : Fault.CHANGED;
    String sentence =
        there.isAbsent()
            ? "is missing"
            : "is not what a signed " + tree.get().head().head() + " has there";
    if (right.isPresent()) {
      mending.mend(object, there, right.get(), fault, sentence).ifPresent(flaws::add);
    } else {
      sentence =
          there.isAbsent() ? sentence : "can't be proven by a signed " + tree.get().head().head();
      flaws.add(Flaw.of(object, fault, sentence + mending.help(), Cure.NONE));
    }
    return there.size();
  }
}
