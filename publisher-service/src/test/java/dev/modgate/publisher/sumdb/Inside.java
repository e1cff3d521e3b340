package dev.modgate.publisher.sumdb;

import static org.assertj.core.api.Assertions.assertThat;

import dev.modgate.gomod.epoch.Epochs;
import dev.modgate.gomod.module.ModuleVersion;
import dev.modgate.gomod.note.VerifierKey;
import dev.modgate.gomod.sumdb.LookupOutcome;
import dev.modgate.gomod.sumdb.SignedHead;
import dev.modgate.gomod.sumdb.SumDatabase;
import dev.modgate.gomod.sumdb.SumDbException;
import dev.modgate.gomod.sumdb.SumDbOps;
import dev.modgate.gomod.tlog.Tile;
import dev.modgate.gomod.tlog.TileHashes;
import dev.modgate.gomod.tlog.TlogException;
import dev.modgate.gomod.tlog.TreeHead;
import dev.modgate.pipeline.store.ObjectReader;
import dev.modgate.pipeline.store.ObjectStat;
import dev.modgate.pipeline.store.ObjectStore;
import dev.modgate.pipeline.zone.ZoneLayout;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The inner zone as its clients see it: they ask for exact files, and remember a head but no tile.
record Inside(ObjectStore zone, VerifierKey key) {

  /// Each version that can be looked up is proven to a client that remembers nothing, and to one of
  /// each epoch.
  void requireProofForEveryClient() {
    var clients = new ArrayList<@Nullable String>();
    clients.add(null);
    clients.addAll(epochs().notes());
    List<ModuleVersion> modules = lookups();
    for (String remembered : clients) {
      requireItself(remembered);
      var growing = new SumDatabase(key, new Client(remembered));
      for (ModuleVersion module : modules) {
        var fresh = new SumDatabase(key, new Client(remembered));
        assertThat(List.of(ask(fresh, module), ask(growing, module)))
            .as("%s for a client with %s", module, remembered)
            .hasOnlyElementsOfType(LookupOutcome.Proven.class);
      }
    }
  }

  /// What `go` does with a remembered head whose tiles it has lost.
  private void requireItself(@Nullable String remembered) {
    if (remembered == null) {
      return;
    }
    try {
      SignedHead head = SignedHead.open(remembered, key);
      var tiles = new TileHashes(head.head(), Tile.SUMDB_HEIGHT, this::tiles);
      assertThat(TreeHead.of(head.head().size(), tiles)).isEqualTo(head.head());
    } catch (IOException | SumDbException | TlogException e) {
      throw new AssertionError(remembered, e);
    }
  }

  private Map<Tile, byte[]> tiles(SequencedSet<Tile> wanted) {
    var found = new LinkedHashMap<Tile, byte[]>();
    wanted.forEach(tile -> bytes(tile.path()).ifPresent(bytes -> found.put(tile, bytes)));
    return found;
  }

  LookupOutcome ask(ModuleVersion module) {
    return ask(new SumDatabase(key, new Client(null)), module);
  }

  private static LookupOutcome ask(SumDatabase database, ModuleVersion module) {
    try {
      return database.lookup(module);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Epochs epochs() {
    try {
      Optional<String> text = text("epochs");
      return text.isEmpty() ? Epochs.NONE : Epochs.parse(text.get(), key);
    } catch (SumDbException e) {
      throw new AssertionError(e);
    }
  }

  /// What the database inside has a lookup for. Names without upper-case letters.
  List<ModuleVersion> lookups() {
    String below = "sumdb/" + key.name() + "/lookup";
    try (Stream<ObjectStat> objects = zone.list(below)) {
      return objects
          .map(object -> object.key().value().substring(below.length() + 1))
          .map(ModuleVersion::parse)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Optional<String> text(String path) {
    return bytes(path).map(bytes -> new String(bytes, StandardCharsets.UTF_8));
  }

  Optional<byte[]> bytes(String path) {
    try (ObjectReader object = zone.open(ZoneLayout.sumdb(key.name(), path)).orElse(null)) {
      return object == null ? Optional.empty() : Optional.of(object.readAll(1 << 20));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Somebody writes into the zone store.
  void change(String path, byte[] bytes) throws IOException {
    zone.delete(ZoneLayout.sumdb(key.name(), path));
    assertThat(zone.compareAndSwap(ZoneLayout.sumdb(key.name(), path), Optional.empty(), bytes))
        .isTrue();
  }

  private final class Client implements SumDbOps {
    private @Nullable String head;

    Client(@Nullable String head) {
      this.head = head;
    }

    @Override
    public Answer readRemote(String path) {
      return bytes(path)
          .<Answer>map(found -> new Answer.Found(new ByteArrayInputStream(found)))
          .orElseGet(() -> new Answer.Absent("not inside: " + path));
    }

    @Override
    public Optional<String> readHead() {
      return Optional.ofNullable(head);
    }

    @Override
    public boolean replaceHead(@Nullable String expected, String next) {
      head = next;
      return true;
    }

    @Override
    public Optional<byte[]> readCache(String path) {
      return Optional.empty();
    }

    @Override
    public void writeCache(String path, byte[] bytes) {
      // keeps none
    }
  }
}
