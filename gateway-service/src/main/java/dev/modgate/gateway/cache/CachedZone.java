package dev.modgate.gateway.cache;

import dev.modgate.pipeline.store.BytesReader;
import dev.modgate.pipeline.store.ObjectKey;
import dev.modgate.pipeline.store.ObjectReader;
import dev.modgate.pipeline.store.ObjectSource;
import dev.modgate.pipeline.store.ObjectStat;
import dev.modgate.pipeline.store.UnusableObjectException;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A zone store, and while it is away what was read of it before; see the package. Objects that
/// come from the cache are [CachedObject]s.
public final class CachedZone implements ObjectSource, AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(CachedZone.class);

  /// Read at once, so that they are whole in the cache whatever the client does.
  private static final int SMALL = 64 * 1024;

  private static final Duration FIRST_WAIT = Duration.ofSeconds(2);

  private final ObjectSource zone;
  private final Patience patience;
  private final CacheFolder folder;
  private final StoreWatch watch;
  private final Counter served;

  private CachedZone(
      ObjectSource zone,
      Patience patience,
      CacheFolder folder,
      StoreWatch watch,
      MeterRegistry registry) {
    this.zone = zone;
    this.patience = patience;
    this.folder = folder;
    this.watch = watch;
    this.served =
        Counter.builder("modgate.gateway.from.cache")
            .description("objects that were served from the cache, because the zone store was away")
            .register(registry);
    Gauge.builder("modgate.gateway.cache.bytes", folder, CacheFolder::bytes)
        .description("what the cache takes of the disk")
        .baseUnit("bytes")
        .register(registry);
  }

  /// @param root the folder of the cache
  /// @param threads at most so many wait for the store at once
  /// @throws dev.modgate.start.StartException when the folder can't be used
  public static CachedZone open(
      ObjectSource zone, Path root, CacheSettings settings, int threads, MeterRegistry registry) {
    var folder =
        CacheFolder.open(
            root, settings.maxSize().toBytes(), settings.maxAge(), InstantSource.system());
    var patience = new Patience(threads, settings.waitForStore());
    var watch = new StoreWatch(zone, patience, FIRST_WAIT, registry);
    return new CachedZone(zone, patience, folder, watch, registry);
  }

  /// @throws IOException when the store is away, and the cache does not have it
  @Override
  public Optional<ObjectReader> open(ObjectKey key) throws IOException {
    if (key.value().startsWith("_modgate/")) {
      return ask(() -> read(key), CachedZone::drop);
    }
    try {
      Optional<ObjectReader> found = ask(() -> read(key), CachedZone::drop);
      if (found.isEmpty()) {
        folder.forget(key);
      }
      return found.map(object -> keep(key, object));
    } catch (UnusableObjectException e) {
      throw e; // somebody changed it inside
    } catch (IOException e) {
      Optional<CachedObject> kept = folder.find(key);
      if (kept.isEmpty()) {
        throw e;
      }
      log.debug("\"{}\" is served from the cache: {}", key, e.toString());
      served.increment();
      return Optional.of(kept.get());
    }
  }

  /// Of the store alone.
  @Override
  public Optional<ObjectStat> stat(ObjectKey key) throws IOException {
    return ask(() -> zone.stat(key), _ -> {});
  }

  private <T> Optional<T> ask(Patience.Call<Optional<T>> call, Consumer<Optional<Optional<T>>> late)
      throws IOException {
    watch.check();
    try {
      return patience.call(call, late);
    } catch (UnusableObjectException | InterruptedIOException e) {
      throw e;
    } catch (IOException e) {
      watch.failed(e);
      throw e;
    }
  }

  private Optional<ObjectReader> read(ObjectKey key) throws IOException {
    Optional<ObjectReader> found = zone.open(key);
    if (found.isEmpty() || found.get().stat().size() > SMALL) {
      return found;
    }
    try (ObjectReader small = found.get()) {
      byte[] bytes = small.readAll(SMALL);
      if (bytes.length != small.stat().size()) {
        throw new IOException("object \"" + key + "\" changed while it was read");
      }
      return Optional.of(new BytesReader(small.stat(), bytes));
    }
  }

  private ObjectReader keep(ObjectKey key, ObjectReader object) {
    boolean isKept = folder.holds(key, object.stat().revision());
    if (!(object instanceof BytesReader small)) {
      return new LargeReader(object, patience, folder, new Failures(), isKept);
    }
    if (!isKept) {
      Optional<NewFile> begun = folder.begin(small.stat());
      if (begun.isPresent()) {
        try (NewFile file = begun.get()) {
          file.write(small.bytes());
          file.finish(small.stat().size());
        }
      }
    }
    return small;
  }

  private static void drop(Optional<Optional<ObjectReader>> late) {
    late.flatMap(found -> found)
        .ifPresent(object -> {
          try {
            object.close();
          } catch (IOException e) {
            log.debug("\"{}\" can't be closed: {}", object.stat().key(), e.toString());
          }
        });
  }

  private final class Failures implements LargeReader.Failures {
    @Override
    public void failed(IOException e) {
      watch.failed(e);
    }

    @Override
    public void stoodIn() {
      served.increment();
    }
  }

  @Override
  public void close() throws IOException {
    watch.close();
    patience.close();
    folder.close();
  }
}
