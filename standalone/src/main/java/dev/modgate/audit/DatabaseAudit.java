package dev.modgate.audit;

import dev.modgate.gomod.epoch.EpochTree;
import dev.modgate.gomod.epoch.Epochs;
import dev.modgate.gomod.module.ModuleVersion;
import dev.modgate.gomod.note.VerifierKey;
import dev.modgate.gomod.sumdb.LookupReply;
import dev.modgate.gomod.sumdb.SignedHead;
import dev.modgate.gomod.sumdb.SumDbException;
import dev.modgate.gomod.tlog.Tile;
import dev.modgate.gomod.tlog.TlogException;
import dev.modgate.pipeline.store.ObjectKey;
import dev.modgate.pipeline.store.ObjectReader;
import dev.modgate.pipeline.store.ObjectSource;
import dev.modgate.pipeline.store.ObjectStore;
import dev.modgate.pipeline.zone.ZoneLayout;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedSet;

/// What the checksum database inside has to have of one version, as the `go` command will ask for
/// it. Used once.
final class DatabaseAudit {
  private static final int MAX_TILE_BYTES = 8 << 10;

  private final ModuleVersion module;
  private final VerifierKey key;
  private final ObjectSource zone;
  private final Path folder;
  private final List<Step> steps = new ArrayList<>();

  DatabaseAudit(ModuleVersion module, VerifierKey key, ObjectSource zone, Path folder) {
    this.module = module;
    this.key = key;
    this.zone = zone;
    this.folder = folder;
  }

  /// @param proven the record that the evidence proves
  List<Step> check(LookupReply proven) {
    Optional<SignedHead> looked = lookup(proven);
    Optional<SignedHead> newest = newest();
    latest(newest);
    looked.ifPresent(head -> tiles(head, proven));
    newest.filter(head -> !Optional.of(head).equals(looked)).ifPresent(h -> tiles(h, proven));
    return steps;
  }

  /// @return the head that it comes with
  private Optional<SignedHead> lookup(LookupReply proven) {
    ObjectKey object = ZoneLayout.sumdbLookup(key.name(), module);
    return read("lookup", object, LookupReply.MAX_BYTES)
        .flatMap(bytes -> {
          try {
            LookupReply reply = LookupReply.parse(bytes);
            SignedHead head = SignedHead.open(reply.note(), key);
            if (reply.id() == proven.id() && reply.record().equals(proven.record())) {
              steps.add(Step.ok("lookup", "answers record " + reply.id() + " of a " + head.head()));
              return Optional.of(head);
            }
            wrong("lookup", object, "has record " + reply.id() + ", which is not what was proven");
          } catch (SumDbException e) {
            wrong("lookup", object, "is none: " + e.sentence());
          }
          return Optional.empty();
        });
  }

  private Optional<SignedHead> newest() {
    ObjectKey object = object("epochs");
    return read("epochs", object, ObjectStore.MAX_SWAPPED)
        .flatMap(bytes -> {
          try {
            return Epochs.parse(new String(bytes, StandardCharsets.UTF_8), key).newest();
          } catch (SumDbException e) {
            wrong("epochs", object, "can't be used: " + e.sentence());
            return Optional.empty();
          }
        });
  }

  private void latest(Optional<SignedHead> newest) {
    ObjectKey object = object("latest");
    read("latest", object, LookupReply.MAX_BYTES)
        .ifPresent(bytes -> {
          try {
            SignedHead head = SignedHead.open(new String(bytes, StandardCharsets.UTF_8), key);
            if (newest.isEmpty() || newest.get().head().equals(head.head())) {
              steps.add(Step.ok("latest", "is a " + head.head()));
            } else {
              steps.add(
                  Step.note(
                      "latest",
                      "is a " + head.head() + ", but the newest epoch a " + newest.get().head()));
            }
          } catch (SumDbException e) {
            wrong("latest", object, "is no head: " + e.sentence());
          }
        });
  }

  private void tiles(SignedHead head, LookupReply proven) {
    String below = "of those below \"" + path(object("tile")) + "\": ";
    try {
      int tiles = new EpochTree(head, this::tiles).record(proven).size();
      steps.add(Step.ok("tiles", tiles + " prove the record in a " + head.head()));
    } catch (TlogException | SumDbException e) {
      steps.add(Step.wrong("tiles", path(object("tile")), below + e.getMessage()));
    } catch (IOException e) {
      steps.add(Step.wrong("tiles", path(object("tile")), String.valueOf(e.getMessage())));
    }
  }

  /// As a client takes them: at the exact width, else the beginning of the full one.
  private Map<Tile, byte[]> tiles(SequencedSet<Tile> wanted) throws IOException {
    var found = new LinkedHashMap<Tile, byte[]>();
    for (Tile tile : wanted) {
      Optional<byte[]> bytes = tile(tile);
      if (bytes.isEmpty() && !tile.isFull()) {
        bytes = tile(tile.full()).map(full -> Arrays.copyOf(full, tile.bytes()));
      }
      found.put(
          tile,
          bytes.orElseThrow(
              () -> new IOException("\"" + path(object(tile.path())) + "\" is missing")));
    }
    return found;
  }

  private Optional<byte[]> tile(Tile tile) throws IOException {
    try (ObjectReader reader = zone.open(object(tile.path())).orElse(null)) {
      return reader == null ? Optional.empty() : Optional.of(reader.readAll(MAX_TILE_BYTES));
    }
  }

  private Optional<byte[]> read(String subject, ObjectKey object, int limit) {
    try (ObjectReader reader = zone.open(object).orElse(null)) {
      if (reader != null) {
        return Optional.of(reader.readAll(limit));
      }
      wrong(subject, object, "is missing");
    } catch (IOException e) {
      wrong(subject, object, "can't be read: " + e.getMessage());
    }
    return Optional.empty();
  }

  private void wrong(String subject, ObjectKey object, String fault) {
    steps.add(Step.wrong(subject, path(object), "\"" + path(object) + "\" " + fault));
  }

  private ObjectKey object(String name) {
    return ZoneLayout.sumdb(key.name(), name);
  }

  private Path path(ObjectKey object) {
    return folder.resolve(object.value());
  }
}
