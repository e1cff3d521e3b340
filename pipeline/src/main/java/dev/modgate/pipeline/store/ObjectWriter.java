package dev.modgate.pipeline.store;

import java.io.IOException;
import java.io.OutputStream;

/// An object under construction, seen by nobody until [#putIfAbsent]. Closing it without that
/// discards it; so does a crash. For one thread.
public abstract class ObjectWriter extends OutputStream {

  /// Makes what was written the object of this name, durably where the store is durable. Once per
  /// writer.
  ///
  /// @return false, with nothing changed, where the name is taken
  public abstract boolean putIfAbsent(ObjectKey key) throws IOException;
}
