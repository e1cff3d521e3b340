package dev.modgate.publisher.scrub;

import dev.modgate.gomod.dirhash.H1;
import dev.modgate.gomod.module.ModuleVersion;
import dev.modgate.gomod.proxy.VersionInfo;
import dev.modgate.gomod.proxy.VersionListFile;
import dev.modgate.pipeline.event.Files;
import dev.modgate.pipeline.store.BlobRef;
import dev.modgate.pipeline.store.ObjectKey;
import dev.modgate.pipeline.store.ObjectReader;
import dev.modgate.pipeline.store.ObjectSource;
import dev.modgate.pipeline.store.UnusableObjectException;
import dev.modgate.pipeline.zone.Pin;
import dev.modgate.pipeline.zone.ScrubState.Fault;
import dev.modgate.pipeline.zone.ZoneLayout;
import dev.modgate.publisher.sumdb.DatabaseScrub;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Holds what lies in a zone store of one module version against its evidence. Used once.
final class VersionCheck {
  private final ObjectSource zone;
  private final Proven proven;
  private final Hashing hashing;
  private final Optional<DatabaseScrub> database;
  private final List<Problem> problems = new ArrayList<>();
  private long bytes;

  /// @param database the one inside; empty where none is
  VersionCheck(
      ObjectSource zone, Proven proven, Hashing hashing, Optional<DatabaseScrub> database) {
    this.zone = zone;
    this.proven = proven;
    this.hashing = hashing;
    this.database = database;
  }

  /// @throws IOException where the store can't be asked
  List<Problem> run() throws IOException, InterruptedException {
    for (Files.Kind kind : proven.kinds()) {
      file(kind);
    }
    pin();
    if (proven.hasZip()) {
      visible();
    }
    if (database.isPresent()) {
      lookup(database.get());
    }
    return problems;
  }

  /// How many were hashed.
  long bytes() {
    return bytes;
  }

  private void file(Files.Kind kind) throws IOException, InterruptedException {
    ObjectKey key = key(kind, proven.module());
    try (ObjectReader reader = zone.open(key).orElse(null)) {
      if (reader == null) {
        problems.add(Problem.lacking(key, Fault.MISSING, "is missing"));
        return;
      }
      BlobRef actual = hashing.of(reader);
      bytes += actual.size();
      if (proven.accepts(kind, actual, reader)) {
        return;
      }
      problems.add(
          Problem.wrong(
                  key,
                  Fault.CHANGED,
                  "has sha256 "
                      + actual.sha256()
                      + " ("
                      + actual.size()
                      + " bytes) but "
                      + proven.signed(kind).getFirst().sha256()
                      + " ("
                      + proven.signed(kind).getFirst().size()
                      + " bytes) was verified")
              .at(reader.stat().revision()));
    } catch (UnusableObjectException e) {
      problems.add(Problem.lacking(key, Fault.UNREADABLE, "can't be read: " + e.getMessage()));
    }
  }

  private void pin() throws IOException {
    ObjectKey key = ZoneLayout.pin(proven.module());
    Optional<byte[]> json = read(key, Pin.MAX_BYTES);
    if (json.isEmpty()) {
      return;
    }
    try {
      Pin pin = Pin.read(json.get());
      boolean zipIsPinned =
          proven.zipHash().isEmpty() || proven.zipHash().equals(pin.zipHashIfAny());
      if (!pin.goModHash().equals(proven.goModHash()) || !zipIsPinned) {
        problems.add(
            Problem.wrong(
                key,
                Fault.CHANGED,
                "pins go.mod "
                    + pin.goModHash()
                    + " and zip "
                    + pin.zipHash()
                    + " but go.mod "
                    + proven.goModHash()
                    + " and zip "
                    + proven.zipHash().map(H1::value).orElse("none")
                    + " were verified"));
      }
    } catch (IOException e) {
      problems.add(Problem.wrong(key, Fault.UNPROVEN, String.valueOf(e.getMessage())));
    }
  }

  private void visible() throws IOException {
    ModuleVersion module = proven.module();
    ObjectKey list = ZoneLayout.list(module.path());
    Optional<byte[]> text = read(list, VersionListFile.MAX_BYTES);
    boolean listed =
        module.version().isPseudo()
            || text.map(t -> VersionListFile.parse(t).contains(module.version())).orElse(true);
    if (!listed) {
      problems.add(Problem.lacking(list, Fault.INVISIBLE, "does not list " + module.version()));
    }
    var _ = read(ZoneLayout.latest(module.path()), VersionInfo.MAX_BYTES);
  }

  private void lookup(DatabaseScrub inside) throws IOException {
    var evidence = proven.sumdb();
    if (evidence.isEmpty()) {
      return;
    }
    ObjectKey key = ZoneLayout.sumdbLookup(evidence.get().database(), proven.module());
    if (zone.stat(key).isEmpty()) {
      problems.add(
          Problem.lacking(
              key, Fault.INVISIBLE, "is missing: the checksum database inside knows it not"));
    } else {
      inside
          .lookupFault(proven.module(), evidence.get())
          .ifPresent(flaw -> problems.add(Problem.of(flaw)));
    }
  }

  /// Empty, and a problem, where it is missing or can't be read.
  private Optional<byte[]> read(ObjectKey key, int limit) throws IOException {
    try (ObjectReader reader = zone.open(key).orElse(null)) {
      if (reader == null) {
        problems.add(Problem.lacking(key, Fault.MISSING, "is missing"));
        return Optional.empty();
      }
      return Optional.of(reader.readAll(limit));
    } catch (UnusableObjectException e) {
      problems.add(Problem.wrong(key, Fault.UNREADABLE, "can't be read: " + e.getMessage()));
      return Optional.empty();
    }
  }

  static ObjectKey key(Files.Kind kind, ModuleVersion module) {
    return switch (kind) {
      case INFO -> ZoneLayout.info(module);
      case MOD -> ZoneLayout.mod(module);
      case ZIP -> ZoneLayout.zip(module);
    };
  }
}
