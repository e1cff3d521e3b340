package dev.modgate.publisher.sumdb;

import dev.modgate.gomod.module.ModuleVersion;
import dev.modgate.gomod.sumdb.LookupOutcome;
import dev.modgate.gomod.sumdb.SumDatabase;
import dev.modgate.gomod.sumdb.SumDbException;
import dev.modgate.gomod.sumdb.SumDbOps;
import dev.modgate.gomod.tlog.TreeHead;
import dev.modgate.pipeline.event.SumDbEvidence;
import dev.modgate.pipeline.store.MemoryObjectStore;
import dev.modgate.pipeline.store.ObjectKey;
import dev.modgate.pipeline.trust.TrustLayout;
import dev.modgate.testsupport.FakeSumDb;
import dev.modgate.testsupport.MemorySumDb;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The outer zone as a publisher sees it: a verifier that asks a database, proves each version
/// under the newest head, and keeps its tiles in the blob store.
final class Outside implements SumDbOps {
  private final FakeSumDb database;
  private final MemorySumDb line;
  private final MemoryObjectStore blobs = new MemoryObjectStore();

  Outside(FakeSumDb database) {
    this.database = database;
    this.line = new MemorySumDb(database);
  }

  MemoryObjectStore blobs() {
    return blobs;
  }

  SumDbEvidence prove(ModuleVersion module) throws IOException, SumDbException {
    LookupOutcome outcome = new SumDatabase(database.key(), this).lookup(module);
    if (!(outcome instanceof LookupOutcome.Proven(var proof))) {
      throw new AssertionError(outcome);
    }
    TreeHead head = proof.head(database.key()).head();
    return new SumDbEvidence(
        database.name(), proof.reply().id(), head.size(), head.hash().toString(), proof.text());
  }

  /// As the verifier learns of the newest epoch inside.
  void join() throws IOException, SumDbException {
    try (var inside = blobs.open(tile(TrustLayout.INSIDE)).orElseThrow()) {
      String note = new String(inside.readAll(10_000), StandardCharsets.UTF_8);
      new SumDatabase(database.key(), this).join(note);
    }
  }

  ObjectKey tile(String path) {
    return new TrustLayout(database.name()).object(path);
  }

  @Override
  public Answer readRemote(String path) throws IOException {
    return line.readRemote(path);
  }

  @Override
  public Optional<String> readHead() {
    return line.readHead();
  }

  @Override
  public boolean replaceHead(@Nullable String expected, String next) {
    return line.replaceHead(expected, next);
  }

  @Override
  public Optional<byte[]> readCache(String path) {
    return blobs
        .open(tile(path))
        .map(object -> {
          try (object) {
            return object.readAll(8192);
          } catch (IOException e) {
            throw new AssertionError(e);
          }
        });
  }

  @Override
  public void writeCache(String path, byte[] bytes) {
    var _ = blobs.compareAndSwap(tile(path), Optional.empty(), bytes);
  }
}
