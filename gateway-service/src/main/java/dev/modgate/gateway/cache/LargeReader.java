package dev.modgate.gateway.cache;

import dev.modgate.pipeline.store.ObjectReader;
import dev.modgate.pipeline.store.ObjectStat;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.NonWritableChannelException;
import java.nio.channels.SeekableByteChannel;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A large object of the zone store, kept by the cache while it is read from its first byte to its
/// last. Where the store falls silent in the middle, the cache goes on, if it has the very same.
final class LargeReader implements ObjectReader, SeekableByteChannel {
  private static final Logger log = LoggerFactory.getLogger(LargeReader.class);
  private static final int PIECE = 64 * 1024;

  private final ObjectReader source;
  private final Patience patience;
  private final CacheFolder folder;
  private final Failures failures;
  private final boolean isKept;
  private ByteBuffer buffer = ByteBuffer.allocate(PIECE);
  private long position;
  private long copied;
  private @Nullable NewFile copy;
  private @Nullable CachedObject standIn;
  private boolean lost;
  private boolean closed;

  /// Hears of each read that failed, and of what the cache did instead.
  interface Failures {
    void failed(IOException e);

    void stoodIn();
  }

  /// @param source closed with this
  /// @param isKept whether the cache has this revision already
  LargeReader(
      ObjectReader source,
      Patience patience,
      CacheFolder folder,
      Failures failures,
      boolean isKept) {
    this.source = source;
    this.patience = patience;
    this.folder = folder;
    this.failures = failures;
    this.isKept = isKept;
  }

  @Override
  public ObjectStat stat() {
    return source.stat();
  }

  @Override
  public SeekableByteChannel channel() {
    return this;
  }

  @Override
  public int read(ByteBuffer target) throws IOException {
    if (closed) {
      throw new ClosedChannelException();
    }
    CachedObject instead = standIn;
    if (instead != null) {
      int n = instead.channel().read(target);
      position += Math.max(n, 0);
      return n;
    }
    if (lost) {
      throw new IOException("object \"" + stat().key() + "\" can't be read any further");
    }
    try {
      return readSource(target);
    } catch (IOException e) {
      lost |= e instanceof Patience.SilentException;
      failures.failed(e);
      standIn = sameInCache().orElseThrow(() -> e);
      failures.stoodIn();
      return read(target);
    }
  }

  /// The thread that reads may be left behind, so it gets a buffer that nobody else has.
  private int readSource(ByteBuffer target) throws IOException {
    ByteBuffer own = buffer;
    own.clear().limit(Math.min(target.remaining(), PIECE));
    long from = position;
    int n;
    try {
      n =
          patience.call(
              () -> {
                source.channel().position(from);
                return source.channel().read(own);
              },
              _ -> closeSource());
    } catch (Patience.SilentException e) {
      buffer = ByteBuffer.allocate(0);
      throw e;
    }
    if (n > 0) {
      own.flip();
      keep(own);
      target.put(own);
      position += n;
    }
    return n;
  }

  private void keep(ByteBuffer bytes) {
    if (isKept || position != copied) {
      return;
    }
    if (position == 0 && copy == null) {
      copy = folder.begin(stat()).orElse(null);
    }
    if (copy != null) {
      copy.write(bytes);
      copied += bytes.remaining();
    }
  }

  private Optional<CachedObject> sameInCache() throws IOException {
    if (!folder.holds(stat().key(), stat().revision())) {
      return Optional.empty();
    }
    Optional<CachedObject> found = folder.find(stat().key());
    if (found.isPresent() && found.get().stat().size() == stat().size()) {
      found.get().channel().position(position);
    }
    return found;
  }

  private void closeSource() {
    try {
      source.close();
    } catch (IOException e) {
      log.warn("\"{}\" can't be closed: {}", stat().key(), e.toString());
    }
  }

  @Override
  public void close() throws IOException {
    if (closed) {
      return;
    }
    closed = true;
    if (copy != null) {
      try (NewFile written = copy) {
        written.finish(stat().size());
      }
    }
    if (standIn != null) {
      standIn.close();
    }
    if (!lost) { // else who still reads would be waited for
      source.close();
    }
  }

  @Override
  public long position() {
    return position;
  }

  @Override
  public SeekableByteChannel position(long newPosition) throws IOException {
    position = newPosition;
    if (standIn != null) {
      standIn.channel().position(newPosition);
    }
    return this;
  }

  @Override
  public long size() {
    return stat().size();
  }

  @Override
  public boolean isOpen() {
    return !closed;
  }

  @Override
  public int write(ByteBuffer bytes) {
    throw new NonWritableChannelException();
  }

  @Override
  public SeekableByteChannel truncate(long size) {
    throw new NonWritableChannelException();
  }
}
