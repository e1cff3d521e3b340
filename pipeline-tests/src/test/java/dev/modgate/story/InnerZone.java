package dev.modgate.story;

import dev.modgate.gateway.GatewayServer;
import dev.modgate.gateway.GatewaySettings;
import dev.modgate.gateway.cache.CacheSettings;
import dev.modgate.gomod.note.VerifierKey;
import dev.modgate.gomod.sumdb.LookupOutcome;
import dev.modgate.gomod.sumdb.SumDatabase;
import dev.modgate.gomod.sumdb.SumDbOps;
import dev.modgate.gomod.sumdb.SumDbProof;
import dev.modgate.gomod.tlog.TreeHead;
import dev.modgate.pipeline.event.SumDbEvidence;
import dev.modgate.pipeline.store.Durability;
import dev.modgate.pipeline.store.FileObjectSource;
import dev.modgate.pipeline.store.FileObjectStore;
import dev.modgate.pipeline.store.ObjectKey;
import dev.modgate.pipeline.store.ObjectStore;
import dev.modgate.pipeline.store.ObjectWriter;
import dev.modgate.pipeline.trust.TrustLayout;
import dev.modgate.pipeline.zone.ZoneLayout;
import dev.modgate.publisher.sumdb.InnerDatabase;
import dev.modgate.testsupport.FakeSumDb;
import dev.modgate.testsupport.MemorySumDb;
import dev.modgate.testsupport.SyntheticModule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A zone store on disk with a checksum database inside, and a gateway before it. Modules are put
/// there one by one, each proven under the newest head that the database outside has.
final class InnerZone implements AutoCloseable {
  private final Path folder;
  private final FakeSumDb database;
  private final ObjectStore blobs;
  private final ObjectStore zone;
  private final SumDbOps outside;
  private final GatewayServer gateway;

  InnerZone(Path folder, FakeSumDb database) throws IOException {
    this.folder = folder;
    this.database = database;
    this.blobs = new FileObjectStore(folder.resolve("outer"), Durability.RELAXED);
    this.zone = new FileObjectStore(folder.resolve("inner"), Durability.RELAXED);
    this.outside = new Remembering(new MemorySumDb(database), blobs, database.key());
    this.gateway =
        new GatewayServer(
            new GatewaySettings(
                "127.0.0.1", 0, false, null, 16, 100, Duration.ofSeconds(10), CacheSettings.none()),
            new FileObjectSource(folder.resolve("inner")));
    gateway.start();
  }

  String goproxy() {
    return "http://127.0.0.1:" + gateway.port();
  }

  /// The same zone without a gateway.
  String files() {
    return folder.resolve("inner").toUri().toString();
  }

  /// The database knows it, and it comes inside.
  void publish(SyntheticModule module) throws Exception {
    database.add(module);
    publishAgain(module);
  }

  /// Under the head of now.
  void publishAgain(SyntheticModule module) throws Exception {
    LookupOutcome outcome = new SumDatabase(database.key(), outside).lookup(module.module());
    if (!(outcome instanceof LookupOutcome.Proven(SumDbProof proof))) {
      throw new AssertionError(outcome);
    }
    TreeHead head = proof.head(database.key()).head();
    new InnerDatabase(database.key(), blobs, zone)
        .add(
            module.module(),
            new SumDbEvidence(
                database.name(),
                proof.reply().id(),
                head.size(),
                head.hash().toString(),
                proof.text()));
    publishUnproven(module);
  }

  /// Files alone, as of a private module.
  void publishUnproven(SyntheticModule module) throws IOException {
    put(ZoneLayout.zip(module.module()), module.zip());
    put(ZoneLayout.mod(module.module()), module.mod());
    put(ZoneLayout.info(module.module()), module.info());
  }

  /// A file of the database inside, as it lies on disk.
  Path file(String path) {
    return folder.resolve("inner/sumdb").resolve(database.name()).resolve(path);
  }

  Path lookup(SyntheticModule module) {
    return folder
        .resolve("inner")
        .resolve(ZoneLayout.sumdbLookup(database.name(), module.module()).value());
  }

  /// Somebody with write access changes a byte.
  static void change(Path file, int at) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    bytes[at] ^= 1;
    Files.delete(file);
    Files.write(file, bytes);
  }

  private void put(ObjectKey key, byte[] bytes) throws IOException {
    try (ObjectWriter out = zone.newWriter()) {
      out.write(bytes);
      var _ = out.putIfAbsent(key);
    }
  }

  @Override
  public void close() {
    gateway.close();
  }

  /// Keeps tiles where a verifier does.
  private record Remembering(MemorySumDb line, ObjectStore blobs, VerifierKey key)
      implements SumDbOps {
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
      return Optional.empty();
    }

    @Override
    public void writeCache(String path, byte[] bytes) throws IOException {
      var _ =
          blobs.compareAndSwap(new TrustLayout(key.name()).object(path), Optional.empty(), bytes);
    }
  }
}
