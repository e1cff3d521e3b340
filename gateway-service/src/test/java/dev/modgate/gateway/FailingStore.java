package dev.modgate.gateway;

import dev.modgate.pipeline.store.ObjectKey;
import dev.modgate.pipeline.store.ObjectReader;
import dev.modgate.pipeline.store.ObjectSource;
import dev.modgate.pipeline.store.ObjectStat;
import java.io.IOException;
import java.util.Optional;

/// A store in which what ends in `suffix` can't be read.
record FailingStore(ObjectSource good, String suffix) implements ObjectSource {
  private void check(ObjectKey key) throws IOException {
    if (key.value().endsWith(suffix)) {
      throw new IOException("input/output error");
    }
  }

  @Override
  public Optional<ObjectReader> open(ObjectKey key) throws IOException {
    check(key);
    return good.open(key);
  }

  @Override
  public Optional<ObjectStat> stat(ObjectKey key) throws IOException {
    check(key);
    return good.stat(key);
  }
}
