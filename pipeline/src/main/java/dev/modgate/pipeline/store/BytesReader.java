package dev.modgate.pipeline.store;

import java.nio.ByteBuffer;
import java.nio.channels.NonWritableChannelException;
import java.nio.channels.SeekableByteChannel;

/// An open object whose bytes are in memory.
public final class BytesReader implements ObjectReader {
  private final ObjectStat stat;
  private final BytesChannel channel;

  /// @param bytes the whole object; nobody may change them any more
  public BytesReader(ObjectStat stat, byte[] bytes) {
    this.stat = stat;
    this.channel = new BytesChannel(bytes);
  }

  @Override
  public ObjectStat stat() {
    return stat;
  }

  @Override
  public SeekableByteChannel channel() {
    return channel;
  }

  /// The whole object, wherever the channel is.
  public ByteBuffer bytes() {
    return ByteBuffer.wrap(channel.bytes).asReadOnlyBuffer();
  }

  @Override
  public void close() {
    channel.close();
  }

  private static final class BytesChannel implements SeekableByteChannel {
    private final byte[] bytes;
    private long position;
    private boolean closed;

    BytesChannel(byte[] bytes) {
      this.bytes = bytes;
    }

    @Override
    public int read(ByteBuffer target) {
      if (position >= bytes.length) {
        return -1;
      }
      int count = Math.min(target.remaining(), bytes.length - (int) position);
      target.put(bytes, (int) position, count);
      position += count;
      return count;
    }

    @Override
    public int write(ByteBuffer source) {
      throw new NonWritableChannelException();
    }

    @Override
    public long position() {
      return position;
    }

    @Override
    public SeekableByteChannel position(long newPosition) {
      if (newPosition < 0) {
        throw new IllegalArgumentException("position " + newPosition + " is negative");
      }
      position = newPosition;
      return this;
    }

    @Override
    public long size() {
      return bytes.length;
    }

    @Override
    public SeekableByteChannel truncate(long size) {
      throw new NonWritableChannelException();
    }

    @Override
    public boolean isOpen() {
      return !closed;
    }

    @Override
    public void close() {
      closed = true;
    }
  }
}
