package dev.modgate.publisher;

import dev.modgate.gomod.module.ModuleVersion;
import dev.modgate.pipeline.store.BlobRef;
import dev.modgate.pipeline.store.BlobStore;
import dev.modgate.pipeline.store.ObjectKey;
import dev.modgate.pipeline.store.ObjectReader;
import dev.modgate.pipeline.store.ObjectStore;
import dev.modgate.pipeline.store.ObjectWriter;
import dev.modgate.pipeline.store.Sha256;
import dev.modgate.pipeline.store.UnusableObjectException;
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
  private final StoredFiles inside;

  BlobCopy(BlobStore blobs, ObjectStore zone) {
    this.blobs = blobs;
    this.zone = zone;
    this.inside = new StoredFiles(zone);
  }

  /// Puts the blob under its name; without a read of the blob where the name is taken.
  ///
  /// @return what lies there now: the blob, or what was there first
  /// @throws BlobUnusableException when the blob is gone or holds other bytes; nothing is put then
  /// @throws BlobReadException when the blob store fails
  /// @throws UnusableObjectException when the name is taken by what is not the wanted file
  BlobRef putIfAbsent(StoredFiles.Wanted wanted) throws IOException, BlobUnusableException {
    ObjectKey key = wanted.key();
    BlobRef ref = wanted.delivered();
    Optional<BlobRef> stored = inside.find(wanted);
    if (stored.isPresent()) {
      zone.settle(key); // who put it may have died before it was durable
      return stored.get();
    }
    try (ObjectReader blob = open(wanted.module(), ref, key);
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
            wanted.module()
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
    return inside
        .find(wanted) // another publisher was first, with the same h1 pinned
        .orElseThrow(() -> new IOException("\"" + key + "\" was taken, and is gone again"));
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
