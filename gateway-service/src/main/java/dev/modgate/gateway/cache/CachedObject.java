package dev.modgate.gateway.cache;

import dev.modgate.pipeline.store.ObjectReader;
import dev.modgate.pipeline.store.ObjectStat;
import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.time.Duration;

/// An object as it once was in the zone store, which is away.
///
/// The revision is the SHA-256 of its content: for what the file store hashes itself, the same as
/// there.
public final class CachedObject implements ObjectReader {
  private final ObjectStat stat;
  private final SeekableByteChannel channel;
  private final Duration age;

  CachedObject(ObjectStat stat, SeekableByteChannel channel, Duration age) {
    this.stat = stat;
    this.channel = channel;
    this.age = age;
  }

  /// Since the zone store was last seen to hold it.
  public Duration age() {
    return age;
  }

  @Override
  public ObjectStat stat() {
    return stat;
  }

  @Override
  public SeekableByteChannel channel() {
    return channel;
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
