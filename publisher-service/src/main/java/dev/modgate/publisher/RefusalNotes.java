package dev.modgate.publisher;

import dev.modgate.gomod.module.ModuleVersion;
import dev.modgate.pipeline.event.ModuleRejected;
import dev.modgate.pipeline.event.Want;
import dev.modgate.pipeline.store.ObjectKey;
import dev.modgate.pipeline.store.ObjectReader;
import dev.modgate.pipeline.store.ObjectStore;
import dev.modgate.pipeline.store.Revision;
import dev.modgate.pipeline.zone.RefusalNote;
import dev.modgate.pipeline.zone.ZoneLayout;
import java.io.IOException;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The notes from which the gateway knows why a version is not inside.
final class RefusalNotes {
  private static final Logger log = LoggerFactory.getLogger(RefusalNotes.class);

  private static final int MAX_TRIES = 100;

  private final ObjectStore zone;

  RefusalNotes(ObjectStore zone) {
    this.zone = zone;
  }

  /// Keeps the refusal, unless what was refused is inside by now or a later refusal is noted.
  void keep(ModuleRejected event) throws IOException {
    ObjectKey key = ZoneLayout.refusal(event.module());
    for (int i = 0; i < MAX_TRIES; i++) {
      if (isInside(event.module(), event.want())) {
        return;
      }
      Optional<Kept> kept = read(key);
      if (kept.flatMap(Kept::note).filter(n -> n.at().isAfter(event.at())).isPresent()) {
        return;
      }
      if (zone.compareAndSwap(key, kept.map(Kept::revision), RefusalNote.of(event).toJson())) {
        return;
      }
    }
    throw new IOException("\"" + key + "\" changed " + MAX_TRIES + " times while it was written");
  }

  /// Removes the note of what has come inside: a go.mod that came does not undo a refused zip.
  void remove(ModuleVersion module, Want published) throws IOException {
    ObjectKey key = ZoneLayout.refusal(module);
    Optional<Kept> kept = read(key);
    if (kept.isPresent()
        && kept.get().note().filter(note -> !published.covers(note.want())).isEmpty()) {
      zone.delete(key);
    }
  }

  private boolean isInside(ModuleVersion module, Want want) throws IOException {
    ObjectKey last =
        switch (want) {
          case MOD -> ZoneLayout.mod(module);
          case ZIP -> ZoneLayout.zip(module);
        };
    return zone.stat(last).isPresent();
  }

  private Optional<Kept> read(ObjectKey key) throws IOException {
    Optional<ObjectReader> object = zone.open(key);
    if (object.isEmpty()) {
      return Optional.empty();
    }
    try (ObjectReader reader = object.get()) {
      Revision revision = reader.stat().revision();
      byte[] json = reader.readAll(RefusalNote.MAX_BYTES);
      try {
        return Optional.of(new Kept(revision, Optional.of(RefusalNote.read(json))));
      } catch (IOException e) {
        log.warn("\"{}\" is written anew: {}", key, e.getMessage());
        return Optional.of(new Kept(revision, Optional.empty()));
      }
    }
  }

  /// @param note empty where the stored one is unreadable
  private record Kept(Revision revision, Optional<RefusalNote> note) {}
}
