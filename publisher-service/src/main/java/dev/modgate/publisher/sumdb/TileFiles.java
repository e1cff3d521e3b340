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
import dev.modgate.pipeline.store.ObjectSource;
import dev.modgate.pipeline.store.ObjectStore;
import dev.modgate.pipeline.zone.ZoneLayout;
import dev.modgate.pipeline.zone.ZoneObjects;
import dev.modgate.pipeline.zone.ZoneObjects.Next;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The tiles of one database: out of what the verifier has kept, into the zone store. Used by many
/// threads at once.
final class TileFiles {
  private static final Logger log = LoggerFactory.getLogger(TileFiles.class);

  private final String database;
  private final List<Place> likely = new ArrayList<>();
  private final List<Place> other;
  private final ZoneObjects objects;

  /// Tiles that are inside.
  private final TileMemory inside = new TileMemory();

  /// @param more where tiles may lie too
  TileFiles(String database, ObjectSource trust, ObjectStore zone, List<Place> more) {
    this.database = database;
    likely.add(Place.ofVerifiers(trust, database));
    likely.addAll(more);
    likely.add(Place.inside(zone, database));
    this.other = likely.reversed();
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
      return question.ask(new EpochTree(head, source(likely)));
    } catch (TlogException bad) {
      log.warn("a kept tile of {} is damaged: {}", database, bad.sentence());
    } catch (MissingTileException e) {
      throw new FreshProofException(e.sentence(), e);
    }
    try {
      return question.ask(new EpochTree(head, source(other)));
    } catch (TlogException | MissingTileException e) {
      throw new FreshProofException(
          "tiles of " + database + " that the verifier kept are damaged: " + e, e);
    }
  }

  private TileSource source(List<Place> places) {
    return tiles -> {
      var read = new LinkedHashMap<Tile, byte[]>();
      for (Tile tile : tiles) {
        read.put(tile, read(tile, places));
      }
      return read;
    };
  }

  private byte[] read(Tile tile, List<Place> places) throws IOException {
    Optional<byte[]> found = inside.find(tile);
    for (Place place : places) {
      if (found.isEmpty()) {
        found = place.read(tile);
      }
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
}
