package dev.modgate.benchmarks;

import dev.modgate.gomod.dirhash.H1;
import dev.modgate.gomod.epoch.EpochTree;
import dev.modgate.gomod.module.ModuleVersion;
import dev.modgate.gomod.note.SignedNote;
import dev.modgate.gomod.note.SigningKey;
import dev.modgate.gomod.sumdb.LookupReply;
import dev.modgate.gomod.sumdb.SignedHead;
import dev.modgate.gomod.sumdb.SumDbProof;
import dev.modgate.gomod.tlog.RecordProof;
import dev.modgate.gomod.tlog.Tile;
import dev.modgate.gomod.tlog.TileSource;
import dev.modgate.gomod.tlog.TreeHead;
import dev.modgate.pipeline.event.SumDbEvidence;
import dev.modgate.pipeline.store.Durability;
import dev.modgate.pipeline.store.FileObjectStore;
import dev.modgate.pipeline.store.MemoryObjectStore;
import dev.modgate.pipeline.trust.TrustLayout;
import dev.modgate.publisher.sumdb.InnerDatabase;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;

/// What the checksum database inside costs: files, bytes and time for so many versions, and then
/// for one more epoch. The log has the size of the public one; its records are drawn from all over
/// it, which is the most that tiles can cost. The zone store is on disk, and durable.
public final class EpochBenchmark {
  private static final long SIZE = 71_848_828;

  /// Records that the public one gains in about a day.
  private static final long GROWTH = 30_000;

  private final SigningKey key = SigningKey.generate("sum.example.com", new SecureRandom());
  private final SparseLog log = new SparseLog();
  private final MemoryObjectStore blobs = new MemoryObjectStore();
  private final Map<ModuleVersion, LookupReply> records = new LinkedHashMap<>();

  private EpochBenchmark() {}

  /// @param args a folder for the zone stores, then numbers of versions
  public static void main(String[] args) throws Exception {
    System.out.println(
        "| versions | tiles | MB | lookups MB | s | then an epoch: tiles | KB | ms |");
    System.out.println("|---|---|---|---|---|---|---|---|");
    for (String versions : args[1].split(",", -1)) {
      Path folder = Files.createTempDirectory(Path.of(args[0]), "epochs");
      System.out.println(new EpochBenchmark().row(Integer.parseInt(versions), folder));
    }
  }

  private String row(int versions, Path folder) throws Exception {
    long[] numbers = new Random(versions).longs(0, SIZE).distinct().limit(versions).toArray();
    for (int i = 0; i < versions; i++) {
      record(ModuleVersion.parse("example.com/m" + i + "@v1.0.0"), numbers[i]);
    }
    SignedHead first = head(SIZE);
    SignedHead second = head(SIZE + GROWTH);
    var inside =
        new InnerDatabase(key.verifierKey(), blobs, new FileObjectStore(folder, Durability.FSYNC));
    for (LookupReply reply : records.values()) {
      keep(new EpochTree(first, source()).record(reply));
    }
    keep(new EpochTree(second, source()).join(Optional.of(first)));

    long start = System.nanoTime();
    for (ModuleVersion module : records.keySet()) {
      inside.add(module, evidence(module, first));
    }
    long published = System.nanoTime();
    Used before = used(folder.resolve("sumdb"));
    ModuleVersion again = records.keySet().iterator().next();
    keep(new EpochTree(second, source()).record(reply(again)));
    long epoch = System.nanoTime();
    inside.add(again, evidence(again, second));
    long done = System.nanoTime();
    Used after = used(folder.resolve("sumdb"));
    return "| %,d | %,d | %.1f | %.1f | %.1f | %d | %.0f | %d |"
        .formatted(
            versions,
            before.tiles,
            before.tileBytes / 1e6,
            before.lookupBytes / 1e6,
            (published - start) / 1e9,
            after.tiles - before.tiles,
            (after.tileBytes - before.tileBytes) / 1e3,
            Duration.ofNanos(done - epoch).toMillis());
  }

  private void record(ModuleVersion module, long number) {
    String line = module.path() + " " + module.version();
    String hash = H1.of(new byte[32]).value();
    String record = line + " " + hash + "\n" + line + "/go.mod " + hash + "\n";
    log.set(number, record.getBytes(StandardCharsets.UTF_8));
    records.put(module, new LookupReply(number, record, ""));
  }

  private SignedHead head(long size) throws Exception {
    TreeHead head = log.head(size);
    return SignedHead.open(
        SignedNote.unsigned(head.text()).signedBy(key).toString(), key.verifierKey());
  }

  private SumDbEvidence evidence(ModuleVersion module, SignedHead head) throws Exception {
    LookupReply reply = reply(module).with(head.note());
    H1 hash = H1.of(new byte[32]);
    var inclusion = RecordProof.make(head.head().size(), reply.id(), log);
    var proof = new SumDbProof(module, hash, hash, reply, inclusion);
    return new SumDbEvidence(
        "sum.example.com",
        reply.id(),
        head.head().size(),
        head.head().hash().toString(),
        proof.text());
  }

  private LookupReply reply(ModuleVersion module) {
    return Objects.requireNonNull(records.get(module), "made above");
  }

  private TileSource source() {
    return tiles -> {
      var read = new LinkedHashMap<Tile, byte[]>();
      tiles.forEach(tile -> read.put(tile, log.tile(tile)));
      return read;
    };
  }

  /// As a verifier would.
  private void keep(Map<Tile, byte[]> tiles) {
    var trust = new TrustLayout("sum.example.com");
    tiles.forEach((tile, bytes) -> {
      var _ = blobs.compareAndSwap(trust.object(tile.path()), Optional.empty(), bytes);
    });
  }

  private record Used(long tiles, long tileBytes, long lookupBytes) {}

  private static Used used(Path folder) throws IOException {
    long tiles = 0;
    long tileBytes = 0;
    long lookupBytes = 0;
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        String path = folder.relativize(file).toString();
        if (path.contains("/tile/")) {
          tiles++;
          tileBytes += Files.size(file);
        } else if (path.contains("/lookup/")) {
          lookupBytes += Files.size(file);
        }
      }
    }
    return new Used(tiles, tileBytes, lookupBytes);
  }
}
