package dev.modgate.publisher.sumdb;

import dev.modgate.gomod.dirhash.H1;
import dev.modgate.gomod.module.ModuleVersion;
import dev.modgate.gomod.note.VerifierKey;
import dev.modgate.gomod.quote.Quoted;
import dev.modgate.gomod.sumdb.LookupReply;
import dev.modgate.gomod.sumdb.SignedHead;
import dev.modgate.gomod.sumdb.SumDbException;
import dev.modgate.gomod.sumdb.SumDbProof;
import dev.modgate.pipeline.event.SumDbEvidence;
import dev.modgate.pipeline.store.ObjectKey;
import dev.modgate.pipeline.store.ObjectStore;
import dev.modgate.pipeline.trust.TrustLayout;
import dev.modgate.pipeline.zone.ZoneLayout;
import dev.modgate.pipeline.zone.ZoneObjects;
import dev.modgate.pipeline.zone.ZoneObjects.Next;
import dev.modgate.pipeline.zone.ZoneObjects.Stored;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One checksum database inside; the package has its steps. Used by many threads and processes at
/// once.
public final class InnerDatabase {
  private static final Logger log = LoggerFactory.getLogger(InnerDatabase.class);

  private final VerifierKey key;
  private final TileFiles tiles;
  private final ZoneEpochs epochs;
  private final ZoneObjects objects;
  private final ObjectStore blobs;

  /// @param key of the database: no other is believed
  /// @param blobs the outer store, of which `trust/` is used; durable
  public InnerDatabase(VerifierKey key, ObjectStore blobs, ObjectStore zone) {
    this.key = key;
    this.blobs = blobs;
    this.tiles = new TileFiles(key.name(), blobs, zone, List.of());
    this.epochs = new ZoneEpochs(key, blobs, zone, tiles);
    this.objects = new ZoneObjects(zone);
  }

  /// Whether the database has signed what the evidence says; nothing is read or written.
  ///
  /// @param zip null where no zip is wanted
  /// @throws IllegalArgumentException saying what differs
  /// @throws FreshProofException when another database has proven it
  public void check(ModuleVersion module, SumDbEvidence evidence, @Nullable H1 zip, H1 goMod)
      throws FreshProofException {
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
    try {
      SignedHead epoch = epochs.epochFor(head(proof));
      LookupReply reply = proof.reply().with(epoch.note());
      tiles.put(epoch, tree -> tree.record(reply));
      putLookup(module, reply);
    } catch (TwoHistoriesException e) {
      var alarm = new TrustLayout(key.name()).object(TrustLayout.ALARM);
      var _ = blobs.compareAndSwap(alarm, Optional.empty(), bytes(e.report()));
      throw e;
    }
  }

  private SignedHead head(SumDbProof opened) {
    try {
      return opened.head(key);
    } catch (SumDbException e) {
      throw new IllegalStateException(e);
    }
  }

  private SumDbProof open(ModuleVersion module, SumDbEvidence evidence) throws FreshProofException {
    if (!evidence.database().equals(key.name())) {
      throw new FreshProofException(
          "it was proven by "
              + Quoted.of(evidence.database())
              + ", but modgate.sumdb.database of the publisher is "
              + key.name(),
          null);
    }
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

  private boolean saysTheSame(ObjectKey lookup, Stored now, LookupReply reply) throws IOException {
    try {
      LookupReply there = LookupReply.parse(now.bytes());
      SignedHead head = SignedHead.open(there.note(), key);
      if (there.id() == reply.id() && there.record().equals(reply.record())) {
        return epochs.lists(head);
      }
      log.error("security: \"{}\" was changed inside: it has another record; mended", lookup);
    } catch (SumDbException e) {
      log.error("security: \"{}\" was changed inside: {}; mended", lookup, e.sentence());
    }
    return false;
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
