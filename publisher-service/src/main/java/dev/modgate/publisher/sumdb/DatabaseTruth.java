package dev.modgate.publisher.sumdb;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.modgate.gomod.epoch.EpochTree;
import dev.modgate.gomod.module.ModuleVersion;
import dev.modgate.gomod.note.VerifierKey;
import dev.modgate.gomod.sumdb.LookupReply;
import dev.modgate.gomod.sumdb.SignedHead;
import dev.modgate.gomod.sumdb.SumDbException;
import dev.modgate.gomod.sumdb.SumDbRequest;
import dev.modgate.gomod.tlog.Tile;
import dev.modgate.gomod.tlog.TlogException;
import dev.modgate.pipeline.store.ObjectKey;
import dev.modgate.pipeline.store.ObjectReader;
import dev.modgate.pipeline.store.ObjectSource;
import dev.modgate.pipeline.store.ObjectStore;
import dev.modgate.pipeline.zone.ZoneLayout;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What is true of the checksum database inside, by the newest head that is listed there and that
/// the database has signed: whatever lies there is recomputed from it. Only reads. What it has read
/// it remembers until [#forget]; for one thread.
public final class DatabaseTruth {
  private final VerifierKey key;
  private final ObjectStore zone;
  private final ObjectSource blobs;
  private final List<ObjectSource> replicas;
  private @Nullable EpochList epochs;
  private @Nullable ProvenTiles tree;

  /// @param key of the database: no other is believed
  /// @param blobs the outer store, in whose `trust/` verifiers keep tiles
  /// @param replicas where right tiles may lie too; one that can't be read has none
  public DatabaseTruth(
      VerifierKey key, ObjectStore zone, ObjectSource blobs, List<ObjectSource> replicas) {
    this.key = key;
    this.zone = zone;
    this.blobs = blobs;
    this.replicas = List.copyOf(replicas);
  }

  VerifierKey key() {
    return key;
  }

  List<ObjectSource> replicas() {
    return replicas;
  }

  /// Looks at the list of epochs, and at all tiles, anew.
  public void forget() {
    epochs = null;
    tree = null;
  }

  ObjectKey object(String path) {
    return ZoneLayout.sumdb(key.name(), path);
  }

  /// Below the URL of the database; empty for what is of another one.
  Optional<String> path(ObjectKey object) {
    String below = "sumdb/" + key.name() + "/";
    return object.value().startsWith(below)
        ? Optional.of(object.value().substring(below.length()))
        : Optional.empty();
  }

  Optional<SumDbRequest> request(String path) {
    return SumDbRequest.parse(key.name() + "/" + path);
  }

  EpochList epochs() throws IOException {
    EpochList known = epochs;
    if (known == null) {
      byte[] list = read(zone, object("epochs"), ObjectStore.MAX_SWAPPED);
      known =
          list == null
              ? new EpochList(List.of(), Optional.of("is missing"))
              : EpochList.of(new String(list, UTF_8), key);
      epochs = known;
    }
    return known;
  }

  /// The tree of the newest epoch; empty where there is none.
  Optional<ProvenTiles> tree() throws IOException {
    if (tree == null && epochs().newest().isPresent()) {
      var places = new ArrayList<ProvenTiles.Candidates>();
      places.add(Place.inside(zone, key.name())::read);
      places.add(Place.ofVerifiers(blobs, key.name())::read);
      for (ObjectSource replica : replicas) {
        places.add(tile -> readable(Place.inside(replica, key.name()), tile));
      }
      places.add(new MadeTiles(key.name(), zone));
      tree = new ProvenTiles(epochs().newest().get(), places);
    }
    return Optional.ofNullable(tree);
  }

  private static Optional<byte[]> readable(Place replica, Tile tile) {
    try {
      return replica.read(tile);
    } catch (IOException e) {
      return Optional.empty(); // its own walk says that it is away
    }
  }

  /// A head of just this size, signed by the key.
  Optional<SignedHead> head(byte[] note) {
    try {
      return Optional.of(SignedHead.open(new String(note, UTF_8), key));
    } catch (SumDbException e) {
      return Optional.empty();
    }
  }

  /// Whether nothing that is listed was signed by the key. Then it may be the key that is wrong:
  /// nothing is called a fault by it.
  boolean knowsNoHead() throws IOException {
    return epochs().heads().isEmpty();
  }

  /// What of a lookup is not as the tree says; empty where all is, or where the tree can't be read.
  Optional<String> lookupFault(ModuleVersion module, byte[] bytes) throws IOException {
    try {
      LookupReply reply = LookupReply.parse(bytes);
      SignedHead head = SignedHead.open(reply.note(), key);
      if (!reply.isAbout(module)) {
        return Optional.of("has no record of " + module);
      }
      if (size(epochs().newest()) < head.head().size() || !isEpoch(head)) {
        forget(); // it may have become one meanwhile
      }
      if (knowsNoHead()) {
        return Optional.empty(); // of the list that is told
      }
      if (!isEpoch(head)) {
        return Optional.of("comes with a " + head.head() + ", which is no epoch inside");
      }
      Optional<ProvenTiles> newest = tree();
      if (size(epochs().newest()) >= head.head().size() && newest.isPresent()) {
        var _ = new EpochTree(newest.get().head(), newest.get()).record(reply);
      }
      return Optional.empty();
    } catch (SumDbException e) {
      return knowsNoHead()
          ? Optional.empty()
          : Optional.of("is not what was signed: " + e.sentence());
    } catch (MissingTileException e) {
      return Optional.empty(); // of the tile that is told
    } catch (TlogException e) {
      throw new IllegalStateException(e); // each tile was proven
    }
  }

  private boolean isEpoch(SignedHead head) throws IOException {
    if (epochs().has(head)) {
      return true;
    }
    byte[] note = read(zone, object("epoch/" + head.head().size()), LookupReply.MAX_BYTES);
    return note != null && head(note).filter(head::equals).isPresent();
  }

  /// Whether bytes of this database are what they should be, so that a replica may have them. What
  /// is of another database, whose key is not known here, is taken as it is.
  ///
  /// @param there what they would replace; an older head replaces no newer one
  public boolean mayBeCopied(ObjectKey object, byte[] bytes, Optional<byte[]> there)
      throws IOException {
    Optional<String> path = path(object);
    if (path.isEmpty()) {
      return true;
    }
    if (path.get().equals("epochs")) {
      EpochList list = EpochList.of(new String(bytes, UTF_8), key);
      long before =
          there
              .map(t -> EpochList.of(new String(t, UTF_8), key))
              .map(EpochList::newest)
              .map(DatabaseTruth::size)
              .orElse(-1L);
      return list.fault().isEmpty() && size(list.newest()) >= before;
    }
    if (path.get().startsWith("epoch/")) {
      return head(bytes).isPresent();
    }
    return switch (request(path.get()).orElse(null)) {
      case SumDbRequest.Latest _ ->
          head(bytes).isPresent() && size(head(bytes)) >= size(there.flatMap(this::head));
      case SumDbRequest.Lookup(_, var module) -> lookupFault(module, bytes).isEmpty();
      case SumDbRequest.OfTile(_, var tile) -> isTrue(tile, bytes);
      case SumDbRequest.Supported _ -> true;
      case null -> true;
    };
  }

  private static long size(Optional<SignedHead> head) {
    return head.map(h -> h.head().size()).orElse(-1L);
  }

  /// Also false for one that no listed epoch has: it is copied when one does.
  private boolean isTrue(Tile tile, byte[] bytes) throws IOException {
    if (tree().filter(newest -> newest.has(tile)).isEmpty()) {
      forget();
    }
    Optional<ProvenTiles> newest = tree().filter(t -> t.has(tile));
    return newest.isPresent()
        && newest.get().find(tile).filter(right -> Arrays.equals(right, bytes)).isPresent();
  }

  /// Null where there is none, or more bytes than it can have.
  static byte @Nullable [] read(ObjectSource store, ObjectKey object, int limit)
      throws IOException {
    try (ObjectReader reader = store.open(object).orElse(null)) {
      return reader == null || reader.stat().size() > limit ? null : reader.readAll(limit);
    }
  }
}
