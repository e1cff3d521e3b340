package dev.modgate.verifier.sumdb;

import dev.modgate.gomod.note.VerifierKey;
import dev.modgate.gomod.quote.Quoted;
import dev.modgate.gomod.sumdb.SignedHead;
import dev.modgate.gomod.sumdb.SumDbException;
import dev.modgate.pipeline.store.ObjectKey;
import dev.modgate.pipeline.store.ObjectReader;
import dev.modgate.pipeline.store.ObjectStat;
import dev.modgate.pipeline.store.ObjectStore;
import dev.modgate.pipeline.store.Revision;
import dev.modgate.pipeline.trust.TrustLayout;
import dev.modgate.start.StartException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What all verifiers remember of one checksum database; the package has the layout. Used by many
/// threads and processes at once.
public final class TrustStore {
  private static final Logger log = LoggerFactory.getLogger(TrustStore.class);

  /// In `latest` until the first head comes: an empty object is a lost one.
  public static final String NO_HEAD_YET = "no tree head was seen yet\n";

  private static final int MAX_BYTES = 256 << 10;
  private static final int MAX_TILE_BYTES = 8 << 10;

  private final ObjectStore objects;
  private final TrustLayout layout;
  private final String folder;

  private TrustStore(ObjectStore objects, TrustLayout layout) {
    this.objects = objects;
    this.layout = layout;
    this.folder = layout.folder();
  }

  /// @param objects durable
  /// @param mayCreate whether a memory may begin where there is none
  /// @throws StartException when it is lost, or is not there and may not be created
  public static TrustStore open(ObjectStore objects, VerifierKey key, boolean mayCreate) {
    var trust = new TrustStore(objects, new TrustLayout(key.name()));
    try {
      trust.begin(key, mayCreate);
    } catch (IOException e) {
      throw new StartException(
          "the blob store's " + trust.folder + " can't be used: " + e.getMessage(), e);
    }
    return trust;
  }

  private void begin(VerifierKey key, boolean mayCreate) throws IOException {
    Optional<Stored> created = read(TrustLayout.CREATED);
    if (created.isPresent()) {
      requireKey(created.get().text().strip(), key.toString());
      requireHead();
      return;
    }
    boolean interrupted = read("latest").filter(l -> l.text().equals(NO_HEAD_YET)).isPresent();
    Optional<ObjectKey> left = left(folder, interrupted ? List.of(key("latest")) : List.of());
    if (left.isPresent()) {
      if (read(TrustLayout.CREATED).isEmpty()) {
        throw lost(left.get(), folder + "/created");
      }
      begin(key, mayCreate); // another verifier was first
      return;
    }
    if (!mayCreate) {
      throw new StartException(
          "the blob store has no "
              + folder
              + ", where verifiers remember the checksum database: begin it with modgate trust"
              + " init, or modgate.verifier.sumdb-init, before the very first start of a verifier;"
              + " where there was one before, restore trust/ from a backup");
    }
    put("latest", NO_HEAD_YET);
    put(TrustLayout.CREATED, key + "\n");
    log.info("{} begins to be remembered", folder);
  }

  /// Tiles come after the first head.
  private void requireHead() throws IOException {
    if (latest().text().equals(NO_HEAD_YET)) {
      Optional<ObjectKey> tile = left(folder + "/tile", List.of());
      if (tile.isPresent() && latest().text().equals(NO_HEAD_YET)) {
        throw lost(tile.get(), "a tree head in " + folder + "/latest");
      }
    }
  }

  /// What is there of a memory that may have been lost in part.
  private Optional<ObjectKey> left(String below, List<ObjectKey> but) throws IOException {
    try (var found = objects.list(below)) {
      return found.map(ObjectStat::key).filter(key -> !but.contains(key)).findAny();
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  private static StartException lost(ObjectKey left, String lost) {
    return new StartException(
        "the blob store has " + left + " but not " + lost + ": restore trust/ from a backup");
  }

  private void requireKey(String known, String configured) {
    if (!known.equals(configured)) {
      throw new StartException(
          "modgate.sumdb.database has the key "
              + Quoted.of(configured)
              + ", but "
              + folder
              + " of the blob store was created for "
              + Quoted.of(known));
    }
  }

  /// Why no verifier may go on, in several lines; empty where nothing is wrong.
  ///
  /// @throws IOException also when the memory was lost
  Optional<String> alarm() throws IOException {
    var _ = latest();
    return read(TrustLayout.ALARM).map(Stored::text);
  }

  /// Stops all verifiers, until a person acknowledges it. The first alarm stays.
  void raiseAlarm(String report) throws IOException {
    put(TrustLayout.ALARM, report);
  }

  /// As [dev.modgate.gomod.sumdb.SumDbOps#readHead].
  Optional<String> readHead() throws IOException {
    return Optional.of(latest().text()).filter(text -> !text.equals(NO_HEAD_YET));
  }

  /// As [dev.modgate.gomod.sumdb.SumDbOps#replaceHead].
  boolean replaceHead(@Nullable String expected, String next) throws IOException {
    Stored now = latest();
    return now.text().equals(expected == null ? NO_HEAD_YET : expected)
        && objects.compareAndSwap(key("latest"), Optional.of(now.revision()), bytes(next));
  }

  /// As [dev.modgate.gomod.sumdb.SumDbOps#readCache].
  Optional<byte[]> readTile(String path) {
    try (ObjectReader tile = objects.open(key(path)).orElse(null)) {
      return tile == null ? Optional.empty() : Optional.of(tile.readAll(MAX_TILE_BYTES));
    } catch (IOException e) {
      log.debug("{}/{} can't be read", folder, path, e);
      return Optional.empty();
    }
  }

  /// As [dev.modgate.gomod.sumdb.SumDbOps#writeCache]. Mends a tile that went bad.
  void writeTile(String path, byte[] bytes) throws IOException {
    ObjectKey key = key(path);
    if (objects.compareAndSwap(key, Optional.empty(), bytes)) {
      return;
    }
    try (ObjectReader kept = objects.open(key).orElse(null)) {
      if (kept != null && !Arrays.equals(kept.readAll(MAX_BYTES), bytes)) {
        var _ = objects.compareAndSwap(key, Optional.of(kept.stat().revision()), bytes);
      }
    }
  }

  /// The newest epoch of the zone, as the publisher says; empty where there is none yet, or none
  /// that the key has signed, which the publisher mends.
  Optional<SignedHead> inside(VerifierKey key) throws IOException {
    Optional<Stored> stored = read(TrustLayout.INSIDE);
    if (stored.isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(SignedHead.open(stored.get().text(), key));
    } catch (SumDbException e) {
      log.error("security: {} is no epoch: {}", key(TrustLayout.INSIDE), e.sentence());
      return Optional.empty();
    }
  }

  private Stored latest() throws IOException {
    return read("latest")
        .filter(latest -> !latest.text().isEmpty())
        .orElseThrow(() ->
            new IOException(
                folder
                    + "/latest is lost, which is the remembered tree head: restore trust/ from"
                    + " a backup"));
  }

  /// @param revision of this text
  private record Stored(String text, Revision revision) {}

  private Optional<Stored> read(String name) throws IOException {
    try (ObjectReader open = objects.open(key(name)).orElse(null)) {
      return open == null
          ? Optional.empty()
          : Optional.of(
              new Stored(
                  new String(open.readAll(MAX_BYTES), StandardCharsets.UTF_8),
                  open.stat().revision()));
    }
  }

  /// Keeps what is there already.
  private void put(String name, String text) throws IOException {
    var _ = objects.compareAndSwap(key(name), Optional.empty(), bytes(text));
  }

  private ObjectKey key(String name) {
    return layout.object(name);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
