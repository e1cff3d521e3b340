package dev.modgate.publisher;

import dev.modgate.gomod.module.ModuleVersion;
import dev.modgate.gomod.quote.Quoted;
import dev.modgate.pipeline.event.EventJson;
import dev.modgate.pipeline.event.Evidence;
import dev.modgate.pipeline.event.Want;
import dev.modgate.pipeline.store.ObjectKey;
import dev.modgate.pipeline.store.ObjectReader;
import dev.modgate.pipeline.store.ObjectStore;
import dev.modgate.pipeline.store.ObjectWriter;
import dev.modgate.pipeline.zone.ZoneLayout;
import java.io.IOException;
import java.util.Optional;
import tools.jackson.core.JacksonException;

/// Evidence beside the modules. The first one written stays: it says what a version is.
final class EvidencePins {
  private final ObjectStore zone;

  EvidencePins(ObjectStore zone) {
    this.zone = zone;
  }

  /// Writes the evidence if there is none.
  ///
  /// @return what is there now, written by whomever
  Evidence pin(ModuleVersion module, Want want, Evidence evidence) throws IOException {
    ObjectKey key = ZoneLayout.evidence(module, want);
    Optional<Evidence> known = read(key);
    if (known.isPresent()) {
      return known.get();
    }
    try (ObjectWriter out = zone.newWriter()) {
      out.write(EventJson.mapper().writeValueAsBytes(evidence));
      if (out.putIfAbsent(key)) {
        return evidence;
      }
    }
    return read(key)
        .orElseThrow(() -> new IOException("\"" + key + "\" is taken, but can't be found"));
  }

  /// Unreadable evidence is an error, never "none": it may pin another h1.
  private Optional<Evidence> read(ObjectKey key) throws IOException {
    Optional<ObjectReader> object = zone.open(key);
    if (object.isEmpty()) {
      return Optional.empty();
    }
    try (ObjectReader reader = object.get()) {
      byte[] json = reader.readAll(EventJson.MAX_BYTES);
      return Optional.of(EventJson.mapper().readValue(json, Evidence.class));
    } catch (JacksonException | IllegalArgumentException e) {
      throw new IllegalStateException(
          "evidence \"" + key + "\" is unreadable: " + Quoted.of(String.valueOf(e.getMessage())),
          e);
    }
  }
}
