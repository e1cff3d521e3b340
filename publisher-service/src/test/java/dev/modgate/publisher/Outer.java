package dev.modgate.publisher;

import dev.modgate.gomod.note.VerifierKey;
import dev.modgate.pipeline.event.Evidence;
import dev.modgate.pipeline.event.Fetch;
import dev.modgate.pipeline.event.Files;
import dev.modgate.pipeline.event.ModuleVerified;
import dev.modgate.pipeline.event.RequestId;
import dev.modgate.pipeline.event.Want;
import dev.modgate.pipeline.store.BlobRef;
import dev.modgate.pipeline.store.BlobStore;
import dev.modgate.pipeline.store.MemoryObjectStore;
import dev.modgate.pipeline.verdict.VerdictNote;
import dev.modgate.testsupport.SyntheticModule;
import dev.modgate.testsupport.TestVerifier;
import java.io.IOException;
import java.time.Instant;
import java.util.List;

/// A blob store as fetcher and verifier leave it, and what the verifier says about it.
public record Outer(MemoryObjectStore objects, BlobStore blobs) {
  public static final Instant NOW = Instant.parse("2026-11-01T00:00:00Z");

  public static final List<VerifierKey> PINNED = List.of(TestVerifier.KEY.verifierKey());

  public static Outer empty() {
    var objects = new MemoryObjectStore();
    return new Outer(objects, new BlobStore(objects));
  }

  public ModuleVerified verified(SyntheticModule module, Want want) throws IOException {
    boolean zip = want == Want.ZIP;
    var files = new Files(blob(module.info()), blob(module.mod()), zip ? blob(module.zip()) : null);
    var evidence =
        new Evidence(
            new Fetch("https://proxy.example", NOW),
            files,
            zip ? module.zipHash() : null,
            module.goModHash(),
            List.of(),
            List.of("said so"),
            0,
            NOW);
    return new ModuleVerified(
        new RequestId("r1", 1),
        module.module(),
        want,
        VerdictNote.sign(module.module(), want, evidence, TestVerifier.KEY));
  }

  private BlobRef blob(byte[] bytes) throws IOException {
    try (var writer = blobs.newWriter()) {
      writer.write(bytes, 0, bytes.length);
      return writer.keep();
    }
  }
}
