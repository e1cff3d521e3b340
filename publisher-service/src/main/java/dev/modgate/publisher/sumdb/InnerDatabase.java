package dev.modgate.publisher.sumdb;

import dev.modgate.gomod.dirhash.H1;
import dev.modgate.gomod.epoch.Epochs;
import dev.modgate.gomod.module.ModuleVersion;
import dev.modgate.gomod.note.VerifierKey;
import dev.modgate.gomod.sumdb.LookupReply;
import dev.modgate.gomod.sumdb.SignedHead;
import dev.modgate.gomod.sumdb.SumDbException;
import dev.modgate.gomod.sumdb.SumDbProof;
import dev.modgate.pipeline.event.SumDbEvidence;
import dev.modgate.pipeline.store.ObjectKey;
import dev.modgate.pipeline.store.ObjectSource;
import dev.modgate.pipeline.store.ObjectStore;
import dev.modgate.pipeline.store.UnusableObjectException;
import dev.modgate.pipeline.zone.ZoneLayout;
import dev.modgate.pipeline.zone.ZoneObjects;
import dev.modgate.pipeline.zone.ZoneObjects.Next;
import dev.modgate.pipeline.zone.ZoneObjects.Stored;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One checksum database inside; the package has its steps. Used by many threads and processes at
/// once.
public final class InnerDatabase {
  private static final Logger log = LoggerFactory.getLogger(InnerDatabase.class);

  private final VerifierKey key;
  private final TileFiles tiles;
  private final ZoneObjects objects;
  private final ReentrantLock joining = new ReentrantLock();

  /// The newest epoch that this process knows of.
  private volatile @Nullable SignedHead newest;

  /// @param key of the database: no other is believed
  /// @param blobs the outer store, of which `trust/` is read
  public InnerDatabase(VerifierKey key, ObjectSource blobs, ObjectStore zone) {
    this.key = key;
    this.tiles = new TileFiles(key.name(), blobs, zone);
    this.objects = new ZoneObjects(zone);
  }

  /// Whether the database has signed what the evidence says; nothing is read or written.
  ///
  /// @param zip null where no zip is wanted
  /// @throws IllegalArgumentException saying what differs
  public void check(ModuleVersion module, SumDbEvidence evidence, @Nullable H1 zip, H1 goMod) {
    SumDbProof proof = open(module, evidence);
    requireSame(module, "zip", zip == null ? proof.zip() : zip, proof.zip());
    requireSame(module, "go.mod", goMod, proof.goMod());
  }

  private void requireSame(ModuleVersion module, String what, H1 said, H1 signed) {
    if (!said.equals(signed)) {
      throw new IllegalArgumentException(
          module
              + ": the evidence says "
              + what
              + " hash "
              + said
              + " but "
              + key.name()
              + " signed "
              + signed);
    }
  }

  /// Lets the `go` command inside prove a version, durably.
  ///
  /// @throws IllegalArgumentException when the evidence proves nothing about the version
  public void add(ModuleVersion module, SumDbEvidence evidence)
      throws IOException, InterruptedException, UnprovableException {
    SumDbProof proof = open(module, evidence);
    SignedHead epoch = epochFor(head(proof));
    LookupReply reply = proof.reply().with(epoch.note());
    tiles.put(epoch, tree -> tree.record(reply));
    putLookup(module, reply);
  }

  private SignedHead head(SumDbProof opened) {
    try {
      return opened.head(key);
    } catch (SumDbException e) {
      throw new IllegalStateException(e);
    }
  }

  private SumDbProof open(ModuleVersion module, SumDbEvidence evidence) {
    try {
      SumDbProof proof = SumDbProof.open(evidence.proof(), key);
      if (!proof.module().equals(module)) {
        throw new IllegalArgumentException(module + ": its proof is about " + proof.module());
      }
      return proof;
    } catch (SumDbException e) {
      throw new IllegalArgumentException(
          module + ": its proof does not hold with the key of " + key.name() + ": " + e.sentence(),
          e);
    }
  }

  /// The newest epoch; not older than the head.
  private SignedHead epochFor(SignedHead head)
      throws IOException, InterruptedException, UnprovableException {
    SignedHead known = newest;
    if (known == null || known.head().size() < head.head().size()) {
      joining.lockInterruptibly();
      try {
        known = newestWith(head);
        newest = known;
      } finally {
        joining.unlock();
      }
    }
    if (known.head().size() == head.head().size() && !known.head().equals(head.head())) {
      throw new TwoHistoriesException(
          key.name() + " signed a " + head.head() + ", but inside is a " + known.head(), null);
    }
    return known;
  }

  private SignedHead newestWith(SignedHead head) throws IOException, UnprovableException {
    SignedHead now =
        objects.change(
            key("epochs"),
            ObjectStore.MAX_SWAPPED,
            stored -> {
              Epochs epochs = epochs(stored);
              Optional<SignedHead> last = epochs.newest();
              if (last.isPresent() && last.get().head().size() >= head.head().size()) {
                return Next.same(last.get());
              }
              tiles.put(head, tree -> tree.join(last));
              put("supported", "this zone has the checksum database " + key.name() + "\n");
              put("epoch/" + head.head().size(), head.note());
              return Next.write(head, bytes(epochs.with(head).text()));
            });
    putLatest(now);
    return now;
  }

  private Epochs epochs(Optional<Stored> stored) throws UnusableObjectException {
    if (stored.isEmpty()) {
      return Epochs.NONE;
    }
    try {
      return Epochs.parse(new String(stored.get().bytes(), StandardCharsets.UTF_8), key);
    } catch (SumDbException e) {
      throw unusable(key("epochs"), e);
    }
  }

  private void putLatest(SignedHead head) throws IOException {
    var _ =
        objects.change(
            key("latest"),
            LookupReply.MAX_BYTES,
            now ->
                now.isPresent() && sizeOf(now.get()) >= head.head().size()
                    ? Next.same(head)
                    : Next.write(head, bytes(head.note())));
  }

  /// What nobody can read is older than anything.
  private long sizeOf(Stored latest) {
    try {
      String note = new String(latest.bytes(), StandardCharsets.UTF_8);
      return SignedHead.open(note, key).head().size();
    } catch (SumDbException e) {
      log.error("security: \"{}\" was changed inside: {}", key("latest"), e.sentence());
      return -1;
    }
  }

  /// One that is there stays: its epoch is listed too.
  private void putLookup(ModuleVersion module, LookupReply reply) throws IOException {
    ObjectKey lookup = ZoneLayout.sumdbLookup(key.name(), module);
    var _ =
        objects.change(
            lookup,
            LookupReply.MAX_BYTES,
            now ->
                now.isPresent() && saysTheSame(lookup, now.get(), reply)
                    ? Next.same(lookup)
                    : Next.write(lookup, bytes(reply.text())));
  }

  private boolean saysTheSame(ObjectKey lookup, Stored now, LookupReply reply) {
    try {
      LookupReply there = LookupReply.parse(now.bytes());
      var _ = SignedHead.open(there.note(), key);
      if (there.id() == reply.id() && there.record().equals(reply.record())) {
        return true;
      }
      log.error("security: \"{}\" was changed inside: it has another record; mended", lookup);
    } catch (SumDbException e) {
      log.error("security: \"{}\" was changed inside: {}; mended", lookup, e.sentence());
    }
    return false;
  }

  private void put(String path, String text) throws IOException {
    var _ =
        objects.change(
            key(path),
            LookupReply.MAX_BYTES,
            now -> now.isPresent() ? Next.same(path) : Next.write(path, bytes(text)));
  }

  private ObjectKey key(String path) {
    return ZoneLayout.sumdb(key.name(), path);
  }

  private static UnusableObjectException unusable(ObjectKey object, SumDbException e) {
    return new UnusableObjectException("\"" + object + "\" can't be used: " + e.sentence());
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
