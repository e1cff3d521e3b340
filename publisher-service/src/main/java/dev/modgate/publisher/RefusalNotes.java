package dev.modgate.publisher;

import dev.modgate.gomod.module.ModuleVersion;
import dev.modgate.pipeline.event.ModuleRejected;
import dev.modgate.pipeline.event.Want;
import dev.modgate.pipeline.store.ObjectKey;
import dev.modgate.pipeline.store.ObjectStore;
import dev.modgate.pipeline.zone.RefusalNote;
import dev.modgate.pipeline.zone.ZoneLayout;
import dev.modgate.pipeline.zone.ZoneObjects;
import dev.modgate.pipeline.zone.ZoneObjects.Next;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The notes from which the gateway knows why a version is not inside; one a want, because a go.mod
/// and a zip are refused, and come inside, each by itself.
///
/// Whoever writes a note looks afterwards whether what it is about has come inside, and whoever
/// publishes removes the notes afterwards: however the two meet, none is left over.
final class RefusalNotes {
  private static final Logger log = LoggerFactory.getLogger(RefusalNotes.class);

  private final ObjectStore zone;
  private final ZoneObjects objects;

  RefusalNotes(ObjectStore zone) {
    this.zone = zone;
    this.objects = new ZoneObjects(zone);
  }

  /// Keeps the refusal, unless what was refused is inside by now or a later refusal is noted.
  void keep(ModuleRejected event) throws IOException {
    if (isInside(event.module(), event.want())) {
      return;
    }
    ObjectKey key = ZoneLayout.refusal(event.module(), event.want());
    RefusalNote mine = RefusalNote.of(event);
    var _ =
        objects.change(
            key,
            RefusalNote.MAX_BYTES,
            now ->
                now.flatMap(n -> read(key, n))
                    .filter(known -> known.at().isAfter(mine.at()))
                    .map(Next::same)
                    .orElse(Next.write(mine, mine.toJson())));
    if (isInside(event.module(), event.want())) {
      objects.delete(key);
    }
  }

  /// Removes the notes of what has come inside: a go.mod that came does not undo a refused zip.
  void remove(ModuleVersion module, Want published) throws IOException {
    for (Want want : Want.values()) {
      if (published.covers(want)) {
        objects.delete(ZoneLayout.refusal(module, want));
      }
    }
  }

  private boolean isInside(ModuleVersion module, Want want) throws IOException {
    List<ObjectKey> files =
        switch (want) {
          case MOD -> List.of(ZoneLayout.mod(module), ZoneLayout.info(module));
          case ZIP ->
              List.of(ZoneLayout.zip(module), ZoneLayout.mod(module), ZoneLayout.info(module));
        };
    for (ObjectKey file : files) {
      if (zone.stat(file).isEmpty()) {
        return false;
      }
    }
    return true;
  }

  /// Empty where it is unreadable; it is then written anew.
  private static Optional<RefusalNote> read(ObjectKey key, ZoneObjects.Stored stored) {
    try {
      return Optional.of(RefusalNote.read(stored.bytes()));
    } catch (IOException e) {
      log.warn("\"{}\" is written anew: {}", key, e.getMessage());
      return Optional.empty();
    }
  }
}
