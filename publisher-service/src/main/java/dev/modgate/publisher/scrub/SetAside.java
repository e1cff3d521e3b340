package dev.modgate.publisher.scrub;

import dev.modgate.pipeline.store.ObjectKey;
import dev.modgate.pipeline.store.ObjectReader;
import dev.modgate.pipeline.store.ObjectStore;
import dev.modgate.pipeline.store.ObjectWriter;
import dev.modgate.pipeline.store.Revision;
import dev.modgate.pipeline.store.Sha256;
import dev.modgate.pipeline.zone.ZoneLayout;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.util.Optional;

/// Takes objects away from where they are served, and keeps their bytes for whoever wants to know
/// what they were.
final class SetAside {
  private static final int BUFFER_BYTES = 64 << 10;

  private final ObjectStore zone;

  SetAside(ObjectStore zone) {
    this.zone = zone;
  }

  /// Whoever puts something else there meanwhile keeps it.
  ///
  /// @param seen all else stays; empty for whatever is there
  /// @return false where nothing was there, or something else by now
  boolean take(ObjectKey key, Optional<Revision> seen) throws IOException {
    try (ObjectReader reader = zone.open(key).orElse(null)) {
      if (reader == null || seen.filter(s -> !s.equals(reader.stat().revision())).isPresent()) {
        return false;
      }
      keep(key, reader);
      return zone.delete(key, reader.stat().revision());
    }
  }

  /// Keeps a copy of what is there, and leaves it.
  void keep(ObjectKey key) throws IOException {
    try (ObjectReader reader = zone.open(key).orElse(null)) {
      if (reader != null) {
        keep(key, reader);
      }
    }
  }

  private void keep(ObjectKey key, ObjectReader reader) throws IOException {
    MessageDigest digest = Sha256.newDigest();
    try (ObjectWriter out = zone.newWriter()) {
      InputStream in = reader.stream();
      var buffer = new byte[BUFFER_BYTES];
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        digest.update(buffer, 0, n);
        out.write(buffer, 0, n);
      }
      var _ = out.putIfAbsent(ZoneLayout.aside(key, Sha256.from(digest.digest())));
    }
  }
}
