package dev.modgate.publisher.sumdb;

import dev.modgate.pipeline.store.ObjectKey;
import dev.modgate.pipeline.store.ObjectReader;
import dev.modgate.pipeline.store.ObjectSource;
import dev.modgate.pipeline.store.ObjectStore;
import dev.modgate.pipeline.store.Revision;
import dev.modgate.pipeline.zone.ScrubState.Cure;
import dev.modgate.pipeline.zone.ScrubState.Fault;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/// Puts right bytes in the place of wrong ones, which are kept aside. Whoever writes the object
/// meanwhile has mended it.
public final class Mending {
  private final ObjectStore zone;
  private final ObjectStore blobs;
  private final Aside aside;
  private final InstantSource clock;

  /// Keeps what lies there for whoever wants to look at it.
  @FunctionalInterface
  public interface Aside {
    void keep(ObjectKey key) throws IOException;
  }

  /// @param blobs the outer store, of which `trust/` is used; durable
  public Mending(ObjectStore zone, ObjectStore blobs, Aside aside, InstantSource clock) {
    this.zone = zone;
    this.blobs = blobs;
    this.aside = aside;
    this.clock = clock;
  }

  /// An object as it lies there.
  ///
  /// @param bytes none where it is absent, or longer than it can be
  /// @param revision empty where it is absent
  @SuppressWarnings("ArrayRecordComponent") // compared by nobody
  record Found(byte[] bytes, Optional<Revision> revision) {
    boolean isAbsent() {
      return revision.isEmpty();
    }

    long size() {
      return bytes.length;
    }
  }

  Found read(ObjectKey object, int limit) throws IOException {
    try (ObjectReader reader = zone.open(object).orElse(null)) {
      if (reader == null) {
        return new Found(new byte[0], Optional.empty());
      }
      boolean fits = reader.stat().size() <= limit;
      return new Found(
          fits ? reader.readAll(limit) : new byte[0], Optional.of(reader.stat().revision()));
    }
  }

  ObjectStore zone() {
    return zone;
  }

  ObjectStore blobs() {
    return blobs;
  }

  Instant now() {
    return clock.instant();
  }

  void keepAside(ObjectKey object) throws IOException {
    aside.keep(object);
  }

  /// Empty where the store has none, or can't be read now.
  static Optional<byte[]> readable(ObjectSource store, ObjectKey object, int limit) {
    try {
      return Optional.ofNullable(DatabaseTruth.read(store, object, limit));
    } catch (IOException e) {
      return Optional.empty(); // a replica; its own walk says that it is away
    }
  }

  /// @return empty where somebody else has written it by now
  Optional<Flaw> mend(ObjectKey object, Found there, byte[] right, Fault fault, String sentence)
      throws IOException {
    if (!there.isAbsent()) {
      aside.keep(object);
    }
    return zone.compareAndSwap(object, there.revision(), right)
        ? Optional.of(Flaw.of(object, fault, sentence, Cure.REPAIRED))
        : Optional.empty();
  }

  Optional<Flaw> setAside(ObjectKey object, Found there, Fault fault, String sentence)
      throws IOException {
    aside.keep(object);
    return there.revision().isPresent() && zone.delete(object, there.revision().get())
        ? Optional.of(Flaw.of(object, fault, sentence, Cure.SET_ASIDE))
        : Optional.empty();
  }

  /// What to do where nothing here has the right bytes.
  String help() {
    return ", and neither trust/ of the blob store nor a replica has what is right: restore either"
        + " of them, or sumdb/ of the zone store, from a backup";
  }
}
