package dev.modgate.pipeline.trust;

import dev.modgate.pipeline.store.ObjectKey;

/// The object keys of what is remembered of one checksum database.
///
/// @param database its name
public record TrustLayout(String database) {

  /// Below which all of it lies. A `/` in the name of a database becomes a `+`, which no name has.
  public String folder() {
    return "trust/" + database.replace('/', '+');
  }

  public ObjectKey object(String name) {
    return new ObjectKey(folder() + "/" + name);
  }
}
