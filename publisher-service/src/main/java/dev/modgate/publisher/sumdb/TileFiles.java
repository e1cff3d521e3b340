package dev.modgate.publisher.sumdb;

import dev.modgate.gomod.epoch.EpochTree;
import dev.modgate.gomod.sumdb.Misbehaviour;
import dev.modgate.gomod.sumdb.SignedHead;
import dev.modgate.gomod.sumdb.SumDbException;
import dev.modgate.gomod.sumdb.TileMemory;
import dev.modgate.gomod.tlog.Tile;
import dev.modgate.gomod.tlog.TileSource;
import dev.modgate.gomod.tlog.TlogException;
import dev.modgate.pipeline.store.ObjectKey;
import dev.modgate.pipeline.store.ObjectReader;
import dev.modgate.pipeline.store.ObjectSource;
import dev.modgate.pipeline.store.ObjectStore;
import dev.modgate.pipeline.trust.TrustLayout;
import dev.modgate.pipeline.zone.ZoneLayout;
import dev.modgate.pipeline.zone.ZoneObjects;
import dev.modgate.pipeline.zone.ZoneObjects.Next;
import java.io.IOException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The tiles of one database: out of what the verifier has kept, into the zone store. Used by many
/// threads at once.
final class TileFiles {
  private static final Logger log = LoggerFactory.getLogger(TileFiles.class);

  private final String database;
  private final Place trust;
  private final Place zone;
  private final ZoneObjects objects;

  /// Tiles that are inside.
  private final TileMemory inside = new TileMemory();

  TileFiles(String database, ObjectSource trust, ObjectStore zone) {
    var layout = new TrustLayout(database);
    this.database = database;
    this.trust = new Place(trust, layout::object);
    this.zone = new Place(zone, path -> ZoneLayout.sumdb(database, path));
    this.objects = new ZoneObjects(zone);
  }

  /// Asks a tree for what it needs.
  interface Question {
    Map<Tile, byte[]> ask(EpochTree tree) throws IOException, TlogException, SumDbException;
  }

  /// What is inside may have gone: each is looked for again.
  void forget() {
    inside.clear();
  }

  /// Puts all tiles inside that the answer holds.
  ///
  /// @throws FreshProofException when one can't be had, or none that is of this tree
  /// @throws TwoHistoriesException when the tree does not have what was asked for
  void put(SignedHead head, Question question) throws IOException, UnprovableException {
    for (Map.Entry<Tile, byte[]> tile : answer(head, question).entrySet()) {
      if (inside.find(tile.getKey()).isEmpty()) {
        put(tile.getKey(), tile.getValue());
        inside.keep(tile.getKey(), tile.getValue());
      }
    }
  }

  private Map<Tile, byte[]> answer(SignedHead head, Question question)
      throws IOException, UnprovableException {
    try {
      return answerOrDamage(head, question);
    } catch (SumDbException e) {
      String sentence = database + ": " + e.sentence();
      throw new TwoHistoriesException(
          sentence, e.misbehaviour() instanceof Misbehaviour.Fork fork ? fork.report() : sentence);
    }
  }

  private Map<Tile, byte[]> answerOrDamage(SignedHead head, Question question)
      throws IOException, SumDbException, FreshProofException {
    try {
      return question.ask(new EpochTree(head, source(trust, zone)));
    } catch (TlogException bad) {
      log.warn("a kept tile of {} is damaged: {}", database, bad.sentence());
    } catch (MissingTileException e) {
      throw new FreshProofException(e.sentence(), e);
    }
    try {
      return question.ask(new EpochTree(head, source(zone, trust)));
    } catch (TlogException | MissingTileException e) {
      throw new FreshProofException(
          "tiles of " + database + " that the verifier kept are damaged: " + e, e);
    }
  }

  private TileSource source(Place first, Place second) {
    return tiles -> {
      var read = new LinkedHashMap<Tile, byte[]>();
      for (Tile tile : tiles) {
        read.put(tile, read(tile, first, second));
      }
      return read;
    };
  }

  private byte[] read(Tile tile, Place first, Place second) throws IOException {
    Optional<byte[]> found = inside.find(tile);
    if (found.isEmpty()) {
      found = first.read(tile);
    }
    if (found.isEmpty()) {
      found = second.read(tile);
    }
    return found.orElseThrow(
        () -> new MissingTileException(database + ": no verifier has kept " + tile));
  }

  private void put(Tile tile, byte[] authentic) throws IOException {
    ObjectKey key = ZoneLayout.sumdb(database, tile.path());
    var _ =
        objects.change(
            key,
            Place.MAX_BYTES,
            now -> {
              if (now.isPresent() && !Arrays.equals(now.get().bytes(), authentic)) {
                log.error("security: \"{}\" was changed inside: it is mended", key);
              }
              return Next.write(key, authentic);
            });
  }

  /// Where tiles lie.
  private record Place(ObjectSource objects, Function<String, ObjectKey> keys) {
    static final int MAX_BYTES = 8 << 10;

    /// The tile itself, else the beginning of the full one.
    Optional<byte[]> read(Tile tile) throws IOException {
      Optional<byte[]> exact = bytes(tile);
      return exact.isPresent() || tile.isFull()
          ? exact
          : bytes(tile.full()).map(full -> Arrays.copyOf(full, tile.bytes()));
    }

    private Optional<byte[]> bytes(Tile tile) throws IOException {
      try (ObjectReader open = objects.open(keys.apply(tile.path())).orElse(null)) {
        return open == null || open.stat().size() != tile.bytes()
            ? Optional.empty()
            : Optional.of(open.readAll(MAX_BYTES));
      }
    }
  }
}
