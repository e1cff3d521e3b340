package dev.modgate.pipeline.trust;

import dev.modgate.pipeline.store.ObjectKey;

/// The object keys of what is remembered of one checksum database.
///
/// @param database its name
public record TrustLayout(String database) {
  /// Below which all databases lie.
  public static final String ROOT = "trust";

  /// The key of the database, a line, written once: by which all the rest is believed.
  public static final String CREATED = "created";

  /// The newest epoch inside, a signed head, written by the publisher.
  public static final String INSIDE = "inside";

  /// Why every verifier stopped, until a person has looked into it.
  public static final String ALARM = "alarm";

  /// Of the database whose folder below [#ROOT] has this name.
  public static TrustLayout ofFolder(String name) {
    return new TrustLayout(name.replace('+', '/'));
  }

  /// Below which all of it lies. A `/` in the name of a database becomes a `+`, which no name has.
  public String folder() {
    return ROOT + "/" + database.replace('/', '+');
  }

  public ObjectKey object(String name) {
    return new ObjectKey(folder() + "/" + name);
  }
}
