package dev.modgate.backup;

import java.io.IOException;
import java.io.OutputStream;

/// Where the file of the database comes from: of a running watcher, or from the disk.
@FunctionalInterface
public interface DatabaseSource {
  /// Writes the whole file as of one moment.
  ///
  /// @throws IOException also where it is not whole
  void writeTo(OutputStream out) throws IOException;
}
