package dev.modgate.audit;

import dev.modgate.gomod.note.SigningKey;
import dev.modgate.gomod.sumdb.LookupOutcome;
import dev.modgate.gomod.sumdb.SumDatabase;
import dev.modgate.gomod.sumdb.SumDbException;
import dev.modgate.pipeline.event.Evidence;
import dev.modgate.pipeline.event.Fetch;
import dev.modgate.pipeline.event.ModulePublished;
import dev.modgate.pipeline.event.ModuleVerified;
import dev.modgate.pipeline.event.RequestId;
import dev.modgate.pipeline.event.SumDbEvidence;
import dev.modgate.pipeline.event.Want;
import dev.modgate.pipeline.store.BlobRef;
import dev.modgate.pipeline.store.BlobStore;
import dev.modgate.pipeline.store.Durability;
import dev.modgate.pipeline.store.FileObjectStore;
import dev.modgate.pipeline.store.MemoryObjectStore;
import dev.modgate.pipeline.store.ObjectKey;
import dev.modgate.pipeline.verdict.VerdictNote;
import dev.modgate.publisher.PublishWork;
import dev.modgate.testsupport.FakeSumDb;
import dev.modgate.testsupport.MemorySumDb;
import dev.modgate.testsupport.SyntheticModule;
import dev.modgate.testsupport.TestVerifier;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/// A zone store as verifier and publisher leave it.
final class Published {
  static final Instant AT = Instant.parse("2026-11-01T10:20:30Z");

  final FakeSumDb database = FakeSumDb.named("sum.example.com");
  final Path zone;
  private final BlobStore blobs = new BlobStore(new MemoryObjectStore());
  private final PublishWork publisher;

  Published(Path zone) throws IOException {
    this.zone = zone;
    this.publisher =
        new PublishWork(
            blobs,
            new FileObjectStore(zone, Durability.RELAXED),
            Optional.empty(),
            List.of(TestVerifier.KEY.verifierKey()),
            InstantSource.fixed(AT));
  }

  AuditReport audit(SyntheticModule module) throws IOException {
    var keys =
        AuditKeys.of(
            List.of(TestVerifier.KEY.verifierKey().toString()), List.of(database.key().toString()));
    return new ZoneAudit(zone, keys).check(module.module());
  }

  /// Proven by the database, which learns of it, where it does not know it yet.
  Published publish(SyntheticModule module, Want want) throws Exception {
    database.add(module).fillTo(database.size() + 50);
    return put(module, want, VerdictNote.sign(module.module(), want, proven(module, want), key()));
  }

  Published publishByClaims(SyntheticModule module) throws Exception {
    Evidence claimed = evidence(module, Want.ZIP, null);
    return put(module, Want.ZIP, VerdictNote.sign(module.module(), Want.ZIP, claimed, key()));
  }

  private static SigningKey key() {
    return TestVerifier.KEY;
  }

  private Published put(SyntheticModule module, Want want, Evidence evidence) throws Exception {
    var event = new ModuleVerified(new RequestId("r", 1), module.module(), want, evidence);
    if (!(publisher.process(event).getFirst() instanceof ModulePublished)) {
      throw new AssertionError("not published: " + module.module());
    }
    return this;
  }

  Evidence proven(SyntheticModule module, Want want) throws IOException, SumDbException {
    var client = new SumDatabase(database.key(), new MemorySumDb(database));
    if (!(client.lookup(module.module()) instanceof LookupOutcome.Proven(var proof))) {
      throw new AssertionError("not proven: " + module.module());
    }
    var head = proof.head(database.key()).head();
    return evidence(
        module,
        want,
        new SumDbEvidence(
            database.name(),
            proof.reply().id(),
            head.size(),
            head.hash().toString(),
            proof.text()));
  }

  private Evidence evidence(
      SyntheticModule module, Want want, @org.jspecify.annotations.Nullable SumDbEvidence sumdb)
      throws IOException {
    boolean zip = want == Want.ZIP;
    return new Evidence(
        new Fetch("https://proxy.example", AT),
        new dev.modgate.pipeline.event.Files(
            blob(module.info()), blob(module.mod()), zip ? blob(module.zip()) : null),
        zip ? module.zipHash() : null,
        module.goModHash(),
        List.of(),
        List.of("said so"),
        0,
        AT,
        sumdb);
  }

  private BlobRef blob(byte[] bytes) throws IOException {
    try (var writer = blobs.newWriter()) {
      writer.write(bytes, 0, bytes.length);
      return writer.keep();
    }
  }

  Path path(ObjectKey key) {
    return zone.resolve(key.value());
  }

  /// As somebody with a shell would: whatever the permissions.
  void overwrite(ObjectKey key, byte[] bytes) throws IOException {
    Files.delete(path(key));
    Files.write(path(key), bytes);
  }
}
