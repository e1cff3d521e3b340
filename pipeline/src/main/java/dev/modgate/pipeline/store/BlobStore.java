package dev.modgate.pipeline.store;

import java.io.IOException;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;
import java.util.stream.Stream;

/// The outer zone's store, where the name of an object is the SHA-256 of its bytes:
/// `blobs/sha256/ab/abcdef…`. It may forget a blob; who misses one asks for it anew.
public final class BlobStore {
  private static final String FOLDER = "blobs/sha256/";

  private final ObjectStore objects;

  public BlobStore(ObjectStore objects) {
    this.objects = objects;
  }

  /// Empty where the blob was collected, or never was.
  public Optional<ObjectReader> open(BlobRef ref) throws IOException {
    return objects.open(key(ref.sha256()));
  }

  /// Finds out whether the store can be asked at all.
  ///
  /// @throws IOException where it can't
  public void probe() throws IOException {
    var _ = objects.stat(key(Sha256.of(new byte[0])));
  }

  public Writer newWriter() throws IOException {
    return new Writer(objects, objects.newWriter());
  }

  /// How many pieces [#shard] has.
  public static final int SHARDS = 256;

  /// All blobs of one piece of the store, in no order. To be closed.
  ///
  /// @param number from 0
  public Stream<ObjectStat> shard(int number) throws IOException {
    return objects.list(FOLDER + HexFormat.of().toHexDigits((byte) number));
  }

  /// Forgets a blob, unless it was kept again meanwhile.
  ///
  /// @param before a blob that was used later stays
  /// @return whether it is gone now by this call
  public boolean forget(ObjectKey blob, Instant before) throws IOException {
    Optional<ObjectStat> now = objects.stat(blob);
    return now.isPresent() && now.get().modified().isBefore(before) && objects.delete(blob);
  }

  static ObjectKey key(Sha256 sha256) {
    return new ObjectKey(FOLDER + sha256.hex().substring(0, 2) + "/" + sha256.hex());
  }

  /// Takes bytes and their SHA-256 in one pass.
  public static final class Writer implements AutoCloseable {
    private final ObjectStore objects;
    private final ObjectWriter out;
    private final MessageDigest digest = Sha256.newDigest();
    private long size;

    private Writer(ObjectStore objects, ObjectWriter out) {
      this.objects = objects;
      this.out = out;
    }

    public void write(byte[] bytes, int offset, int length) throws IOException {
      digest.update(bytes, offset, length);
      out.write(bytes, offset, length);
      size += length;
    }

    /// In bytes, so far.
    public long size() {
      return size;
    }

    /// Keeps what was written. The same bytes a second time are a success without a write, and make
    /// the blob young again for the collection by age.
    public BlobRef keep() throws IOException {
      var ref = new BlobRef(Sha256.from(digest.digest()), size);
      ObjectKey key = key(ref.sha256());
      if (!out.putIfAbsent(key) && !objects.touch(key)) {
        throw new IOException("blob " + ref.sha256() + " was collected while it was written again");
      }
      return ref;
    }

    /// Discards what was not kept.
    @Override
    public void close() throws IOException {
      out.close();
    }
  }
}
