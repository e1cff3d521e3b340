package dev.modgate.gateway.cache;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Which files are kept, by when they were last used. Touches no disk.
final class Recency {
  static final int MOST_FILES = 200_000;

  private final long maxBytes;

  /// By the hash of the key; last used last.
  private final Map<String, KeptFile> files = new LinkedHashMap<>(16, 0.75f, true);

  private long bytes;

  Recency(long maxBytes) {
    this.maxBytes = maxBytes;
  }

  long maxBytes() {
    return maxBytes;
  }

  synchronized long bytes() {
    return bytes;
  }

  /// Marks it as used.
  synchronized Optional<KeptFile> use(String key) {
    return Optional.ofNullable(files.get(key));
  }

  synchronized void seen(KeptFile file, Instant when) {
    files.computeIfPresent(file.key(), (_, old) -> old.equals(file) ? file.seenAt(when) : old);
  }

  /// @return the files that are to be deleted now: an older one of the same key, and those that
  ///   were not used for longest
  synchronized List<KeptFile> add(KeptFile file) {
    var out = new ArrayList<KeptFile>();
    KeptFile old = files.put(file.key(), file);
    bytes += file.onDisk();
    if (old != null) {
      bytes -= old.onDisk();
      if (!old.content().equals(file.content()) || !old.revision().equals(file.revision())) {
        out.add(old);
      }
    }
    Iterator<KeptFile> oldest = files.values().iterator();
    while ((bytes > maxBytes || files.size() > MOST_FILES) && oldest.hasNext()) {
      KeptFile eldest = oldest.next();
      oldest.remove();
      bytes -= eldest.onDisk();
      out.add(eldest);
    }
    return out;
  }

  synchronized Optional<KeptFile> remove(String key) {
    Optional<KeptFile> removed = Optional.ofNullable(files.remove(key));
    removed.ifPresent(file -> bytes -= file.onDisk());
    return removed;
  }
}
