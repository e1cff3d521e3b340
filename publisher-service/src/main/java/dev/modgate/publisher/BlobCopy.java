package dev.modgate.publisher;

import dev.modgate.gomod.module.ModuleVersion;
import dev.modgate.pipeline.store.BlobRef;
import dev.modgate.pipeline.store.BlobStore;
import dev.modgate.pipeline.store.ObjectKey;
import dev.modgate.pipeline.store.ObjectReader;
import dev.modgate.pipeline.store.ObjectStore;
import dev.modgate.pipeline.store.ObjectWriter;
import dev.modgate.pipeline.store.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.ClosedByInterruptException;
import java.security.MessageDigest;
import java.util.Optional;

/// Copies blobs into the zone store, and hashes them on the way: the one place where bytes cross.
final class BlobCopy {
  private static final int BUFFER_BYTES = 64 * 1024;

  private final BlobStore blobs;
  private final ObjectStore zone;

  BlobCopy(BlobStore blobs, ObjectStore zone) {
    this.blobs = blobs;
    this.zone = zone;
  }

  /// Puts the blob under this name; without a read of the blob where the name is taken.
  ///
  /// @param known what was found or put there before, if that is on record
  /// @return what lies there now: the blob, or what was there first
  /// @throws BlobUnusableException when the blob is gone or holds other bytes; nothing is put then
  /// @throws BlobReadException when the blob store fails
  BlobRef putIfAbsent(ModuleVersion module, BlobRef ref, ObjectKey key, Optional<BlobRef> known)
      throws IOException, BlobUnusableException {
    Optional<BlobRef> stored = stored(key, known);
    if (stored.isPresent()) {
      zone.settle(key); // who put it may have died before it was durable
      return stored.get();
    }
    try (ObjectReader blob = open(module, ref, key);
        ObjectWriter out = zone.newWriter()) {
      MessageDigest digest = Sha256.newDigest();
      InputStream in = blob.stream();
      var buffer = new byte[BUFFER_BYTES];
      long size = 0;
      for (int n = read(in, buffer, ref); n >= 0; n = read(in, buffer, ref)) {
        digest.update(buffer, 0, n);
        out.write(buffer, 0, n);
        size += n;
        if (size > ref.size()) {
          break; // not the verified bytes, however many more may come
        }
      }
      Sha256 actual = Sha256.from(digest.digest());
      if (size != ref.size() || !actual.equals(ref.sha256())) {
        throw new BlobUnusableException(
            module
                + ": the blob for \""
                + key
                + "\" has "
                + size
                + " bytes and sha256 "
                + actual
                + ", but "
                + ref.size()
                + " bytes and "
                + ref.sha256()
                + " were verified");
      }
      if (out.putIfAbsent(key)) {
        return ref;
      }
    }
    return stored(key, Optional.empty()) // another publisher was first, with the same h1 pinned
        .orElseThrow(() -> new IOException("\"" + key + "\" was taken, and is gone again"));
  }

  /// What lies under this name. Bytes there never change, so what is on record is believed where
  /// the size agrees.
  private Optional<BlobRef> stored(ObjectKey key, Optional<BlobRef> known) throws IOException {
    Optional<ObjectReader> object = zone.open(key);
    if (object.isEmpty()) {
      return Optional.empty();
    }
    try (ObjectReader reader = object.get()) {
      long size = reader.stat().size();
      if (known.filter(k -> k.size() == size).isPresent()) {
        return known;
      }
      MessageDigest digest = Sha256.newDigest();
      InputStream in = reader.stream();
      var buffer = new byte[BUFFER_BYTES];
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        digest.update(buffer, 0, n);
      }
      return Optional.of(new BlobRef(Sha256.from(digest.digest()), size));
    }
  }

  private ObjectReader open(ModuleVersion module, BlobRef ref, ObjectKey key)
      throws IOException, BlobUnusableException {
    Optional<ObjectReader> blob;
    try {
      blob = blobs.open(ref);
    } catch (ClosedByInterruptException e) {
      throw e;
    } catch (IOException e) {
      throw failed(ref, e);
    }
    return blob.orElseThrow(() ->
        new BlobUnusableException(
            module + ": the blob for \"" + key + "\" is gone: sha256 " + ref.sha256()));
  }

  private static int read(InputStream in, byte[] buffer, BlobRef ref) throws IOException {
    try {
      return in.read(buffer);
    } catch (ClosedByInterruptException e) {
      throw e;
    } catch (IOException e) {
      throw failed(ref, e);
    }
  }

  private static BlobReadException failed(BlobRef ref, IOException e) {
    return new BlobReadException("blob " + ref.sha256() + " can't be read: " + e.getMessage(), e);
  }
}
