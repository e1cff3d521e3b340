package dev.modgate.verifier;

import dev.modgate.gomod.proxy.ProxyList;
import dev.modgate.gomod.sumdb.GoSumDb;
import dev.modgate.gomod.sumdb.NoSumDb;
import dev.modgate.pipeline.event.Claim;
import dev.modgate.pipeline.event.Fetch;
import dev.modgate.pipeline.event.Files;
import dev.modgate.pipeline.event.ModuleEvent;
import dev.modgate.pipeline.event.ModuleFetched;
import dev.modgate.pipeline.event.Origin;
import dev.modgate.pipeline.event.RequestId;
import dev.modgate.pipeline.event.Want;
import dev.modgate.pipeline.store.BlobRef;
import dev.modgate.pipeline.store.BlobStore;
import dev.modgate.pipeline.store.MemoryObjectStore;
import dev.modgate.pipeline.store.ObjectKey;
import dev.modgate.pipeline.store.ObjectStore;
import dev.modgate.start.connect.Reach;
import dev.modgate.testsupport.FakeSumDb;
import dev.modgate.testsupport.FakeUpstream;
import dev.modgate.testsupport.SyntheticModule;
import dev.modgate.testsupport.TestVerifier;
import dev.modgate.verifier.sumdb.AskedDatabase;
import dev.modgate.verifier.sumdb.RemoteDatabase;
import dev.modgate.verifier.sumdb.TrustStore;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// Verifiers that share one blob store, and a checksum database that they ask over HTTP.
final class Proving implements AutoCloseable {
  static final ObjectKey LATEST = new ObjectKey("trust/sum.example.com/latest");
  static final ObjectKey ALARM = new ObjectKey("trust/sum.example.com/alarm");

  final FakeSumDb database = FakeSumDb.named("sum.example.com");
  final FakeUpstream upstream = FakeUpstream.start().serve(database);
  final ObjectStore objects;
  private final BlobStore blobs;
  private final List<AskedDatabase> opened = new ArrayList<>();
  private volatile Instant now = Instant.parse("2026-11-01T00:00:00Z");

  Proving() {
    this(new MemoryObjectStore());
  }

  /// @param objects blobs and trust
  Proving(ObjectStore objects) {
    this.objects = objects;
    this.blobs = new BlobStore(objects);
  }

  /// Another verifier; the first one begins the memory.
  VerifyWork verifier() {
    return verifier("");
  }

  VerifyWork verifier(String noSumDb) {
    return verifier(noSumDb, true);
  }

  VerifyWork verifier(String noSumDb, boolean mayCreate) {
    String url = upstream.goproxyUrl() + "/sumdb/" + database.name();
    return verifier(
        (GoSumDb.Database) GoSumDb.parse(database.key() + " " + url),
        List.of(),
        noSumDb,
        mayCreate);
  }

  VerifyWork verifier(
      GoSumDb.Database asked, List<ProxyList.Upstream> proxies, String noSumDb, boolean mayCreate) {
    return verifier(asked, proxies, noSumDb, mayCreate, Reach.PLAIN);
  }

  VerifyWork verifier(
      GoSumDb.Database asked,
      List<ProxyList.Upstream> proxies,
      String noSumDb,
      boolean mayCreate,
      Reach reach) {
    var open =
        new AskedDatabase(
            asked.key(),
            NoSumDb.parse(noSumDb),
            TrustStore.open(objects, asked.key(), mayCreate),
            new RemoteDatabase(asked, proxies, Duration.ofSeconds(30), reach),
            () -> now);
    opened.add(open);
    return new VerifyWork(blobs, "blob store \"test\"", open, TestVerifier.KEY, () -> now);
  }

  void pass(Duration time) {
    now = now.plus(time);
  }

  /// What lies in the blob store under this name.
  String read(ObjectKey key) throws IOException {
    try (var open = objects.open(key).orElseThrow()) {
      return new String(open.readAll(1 << 20), StandardCharsets.UTF_8);
    }
  }

  static ModuleEvent only(List<ModuleEvent> events) {
    if (events.size() != 1) {
      throw new AssertionError(events.toString());
    }
    return events.getFirst();
  }

  ModuleFetched fetched(SyntheticModule m, Claim... claims) throws IOException {
    return fetched(m, Want.ZIP, claims);
  }

  ModuleFetched fetched(SyntheticModule m, Want want, Claim... claims) throws IOException {
    return new ModuleFetched(
        new RequestId("r1", 1),
        m.module(),
        want,
        List.of(new Origin("s1", List.of(claims))),
        1,
        new Fetch("https://proxy.example", now),
        new Files(blob(m.info()), blob(m.mod()), want == Want.ZIP ? blob(m.zip()) : null));
  }

  private BlobRef blob(byte[] bytes) throws IOException {
    try (var writer = blobs.newWriter()) {
      writer.write(bytes, 0, bytes.length);
      return writer.keep();
    }
  }

  @Override
  public void close() {
    opened.forEach(AskedDatabase::close);
    upstream.close();
  }
}
