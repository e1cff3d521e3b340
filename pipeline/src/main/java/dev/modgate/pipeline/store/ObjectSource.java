package dev.modgate.pipeline.store;

import java.io.IOException;
import java.util.Optional;

/// Named byte sequences as a reader sees them. Who holds no more than this can't write.
///
/// Safe for use by many threads at once. A reader sees an object whole or not at all. An
/// [IOException] means "not now": neither presence nor absence is known. An absent object is a
/// value, never an exception.
public interface ObjectSource {

  /// Opens an object for reading from any position; empty where there is none.
  Optional<ObjectReader> open(ObjectKey key) throws IOException;

  /// Size and revision without the bytes; empty where there is none.
  Optional<ObjectStat> stat(ObjectKey key) throws IOException;
}
