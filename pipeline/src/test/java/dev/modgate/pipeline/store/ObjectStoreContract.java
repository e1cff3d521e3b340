package dev.modgate.pipeline.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What every [ObjectStore] does. A store's own test extends this.
public abstract class ObjectStoreContract {
  private static final ObjectKey KEY = new ObjectKey("example.com/m/@v/list");

  /// The store under test, empty; the same one each time within a test.
  protected abstract ObjectStore store() throws IOException;

  @Test
  void findsNothingWhereNothingIs() throws IOException {
    assertThat(store().open(KEY)).isEmpty();
    assertThat(store().stat(KEY)).isEmpty();
    assertThat(store().delete(KEY)).isFalse();
    assertThat(store().touch(KEY)).isFalse();
    try (var all = store().list("")) {
      assertThat(all).isEmpty();
    }
  }

  @Test
  void keepsWhatWasPutFirst() throws IOException {
    assertThat(put(KEY, "first")).isTrue();
    assertThat(put(KEY, "second")).isFalse();

    assertThat(read(KEY)).isEqualTo("first");
  }

  @Test
  void showsNothingBeforeThePutAndKeepsNothingWithoutIt() throws IOException {
    try (var writer = store().newWriter()) {
      writer.write("half".getBytes(UTF_8));
      assertThat(store().stat(KEY)).isEmpty();
    }

    try (var all = store().list("")) {
      assertThat(all).isEmpty();
    }
  }

  @Test
  void letsOneOfManyThreadsPut() throws Exception {
    List<Boolean> won = inThreads(8, () -> put(KEY, Thread.currentThread().toString()));

    assertThat(won).containsOnlyOnce(true);
  }

  @Test
  void losesNoUpdateOfManyThreads() throws Exception {
    var _ =
        inThreads(
            4,
            () -> {
              for (int i = 0; i < 250; i++) {
                increment(store(), KEY);
              }
              return true;
            });

    assertThat(read(KEY)).isEqualTo("1000");
  }

  @Test
  void swapsOnlyWhatItsCallerSaw() throws IOException {
    assertThat(store().compareAndSwap(KEY, Optional.empty(), "1".getBytes(UTF_8))).isTrue();
    Optional<Revision> seen = store().stat(KEY).map(ObjectStat::revision);
    assertThat(store().compareAndSwap(KEY, Optional.empty(), "x".getBytes(UTF_8))).isFalse();
    assertThat(store().compareAndSwap(KEY, seen, "2".getBytes(UTF_8))).isTrue();
    assertThat(store().compareAndSwap(KEY, seen, "y".getBytes(UTF_8))).isFalse();

    assertThat(read(KEY)).isEqualTo("2");
  }

  @Test
  void losesNoUpdateOfLargeObjects() throws Exception {
    var _ =
        inThreads(
            4,
            () -> {
              for (int i = 0; i < 40; i++) {
                increment(store(), KEY, 300_000);
              }
              return true;
            });

    assertThat(read(KEY).strip()).isEqualTo("160");
    assertThat(store().stat(KEY).orElseThrow().size()).isEqualTo(300_000);
  }

  @Test
  void swapsUpToItsLimit() throws IOException {
    var largest = new byte[ObjectStore.MAX_SWAPPED];

    assertThat(store().compareAndSwap(KEY, Optional.empty(), largest)).isTrue();
    Optional<Revision> seen = store().stat(KEY).map(ObjectStat::revision);
    assertThatThrownBy(() -> store().compareAndSwap(KEY, seen, new byte[largest.length + 1]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("at most " + largest.length + " can be compared and swapped");
    assertThat(store().compareAndSwap(KEY, seen, new byte[1])).isTrue();
  }

  @Test
  void deletesOnlyWhatItsCallerSaw() throws IOException {
    put(KEY, "1");
    Revision seen = store().stat(KEY).orElseThrow().revision();
    store().compareAndSwap(KEY, Optional.of(seen), "2".getBytes(UTF_8));

    assertThat(store().delete(KEY, seen)).isFalse();
    assertThat(read(KEY)).isEqualTo("2");

    Revision now = store().stat(KEY).orElseThrow().revision();
    assertThat(store().delete(KEY, now)).isTrue();
    assertThat(store().stat(KEY)).isEmpty();
    assertThat(store().delete(KEY, now)).isFalse();
  }

  @Test
  void settlesWhatIsThereAndWhatIsNot() throws IOException {
    store().settle(KEY);
    put(KEY, "1");

    store().settle(KEY);

    assertThat(read(KEY)).isEqualTo("1");
  }

  @Test
  void refusesToReadMoreThanItsCallerWants() throws IOException {
    put(KEY, "12345");

    try (var reader = store().open(KEY).orElseThrow()) {
      assertThatThrownBy(() -> reader.readAll(4))
          .isInstanceOf(UnusableObjectException.class)
          .hasMessage("object \"" + KEY + "\" has 5 bytes, at most 4 are read");
    }
  }

  @Test
  void swapsNothingWhereTheObjectIsGone() throws IOException {
    put(KEY, "1");
    Optional<Revision> seen = store().stat(KEY).map(ObjectStat::revision);
    store().delete(KEY);

    assertThat(store().compareAndSwap(KEY, seen, "2".getBytes(UTF_8))).isFalse();
    assertThat(store().stat(KEY)).isEmpty();
  }

  @Test
  void keepsTheOldContentForWhoReadsIt() throws IOException {
    put(KEY, "old");
    try (var reader = store().open(KEY).orElseThrow()) {
      Revision seen = reader.stat().revision();
      assertThat(store().compareAndSwap(KEY, Optional.of(seen), "new!".getBytes(UTF_8))).isTrue();

      assertThat(new String(reader.readAll(10), UTF_8)).isEqualTo("old");
      assertThat(reader.stat().size()).isEqualTo(3);
    }
    assertThat(read(KEY)).isEqualTo("new!");
  }

  @Test
  void readsFromAnyPosition() throws IOException {
    put(KEY, "0123456789");
    try (var reader = store().open(KEY).orElseThrow()) {
      var _ = reader.channel().position(7);

      assertThat(new String(reader.stream().readAllBytes(), UTF_8)).isEqualTo("789");
    }
  }

  @Test
  void namesTheSameRevisionWhicheverWayItIsAsked() throws IOException {
    for (int size : new int[] {0, 5, 300_000}) {
      var key = new ObjectKey("size/" + size);
      put(key, "x".repeat(size));
      ObjectStat stat = store().stat(key).orElseThrow();
      try (var reader = store().open(key).orElseThrow();
          var listed = store().list("size/" + size)) {
        assertThat(reader.stat()).isEqualTo(stat);
        assertThat(listed).containsExactly(stat);
        assertThat(stat.size()).isEqualTo(size);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "github.com/!burnt!sushi/toml/@v/v1.0.0+incompatible.zip",
        "gopkg.in/~user/m.v1/@latest",
        "with space/and ünïcode 模块/%2e%2e/a&b=c;d",
        "-rf/*/$HOME/'quote\"",
        ".hidden/...three",
      })
  void takesKeysWithOddCharacters(String odd) throws IOException {
    var key = new ObjectKey(odd);

    assertThat(put(key, odd)).isTrue();
    assertThat(read(key)).isEqualTo(odd);
    try (var all = store().list("")) {
      assertThat(all.map(ObjectStat::key)).containsExactly(key);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "/a", "a/", "a//b", "../a", "a/./b", "a/..", "a\u0000b", "a\\b"})
  void knowsNoKeyThatLeavesTheStore(String bad) {
    assertThatThrownBy(() -> new ObjectKey(bad))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("object key");
  }

  @Test
  void walksItsKeysInOrderAndGoesOnWhereAWalkEnded() throws IOException {
    List<String> keys =
        List.of("_own/x.json", "a-b/@v/list", "a.b", "a/!b/@latest", "a/b", "a/c/@v/v1.zip", "b");
    for (String key : keys.reversed()) {
      put(new ObjectKey(key), key);
    }

    assertThat(walk(Optional.empty())).isEqualTo(keys);
    for (int i = 0; i < keys.size(); i++) {
      assertThat(walk(Optional.of(new ObjectKey(keys.get(i)))))
          .isEqualTo(keys.subList(i + 1, keys.size()));
    }
    assertThat(walk(Optional.of(new ObjectKey("a/bb")))).startsWith("a/c/@v/v1.zip");
    assertThat(walk(Optional.of(new ObjectKey("c")))).isEmpty();
  }

  private List<String> walk(Optional<ObjectKey> after) throws IOException {
    var walked = new ArrayList<String>();
    store().keys(after).forEachRemaining(key -> walked.add(key.value()));
    return walked;
  }

  @Test
  void listsWholeSegmentsBelowAPrefix() throws IOException {
    for (String key : List.of("a/b/1", "a/b/2", "a/bc/3", "z")) {
      put(new ObjectKey(key), key);
    }

    try (var below = store().list("a/b");
        var same = store().list("a/b/");
        var none = store().list("nowhere")) {
      assertThat(below.map(s -> s.key().value())).containsExactlyInAnyOrder("a/b/1", "a/b/2");
      assertThat(same.map(s -> s.key().value())).containsExactlyInAnyOrder("a/b/1", "a/b/2");
      assertThat(none).isEmpty();
    }
  }

  @Test
  void forgetsWhatIsDeletedAndTakesItAnew() throws IOException {
    put(KEY, "1");

    assertThat(store().delete(KEY)).isTrue();
    assertThat(store().open(KEY)).isEmpty();
    assertThat(put(KEY, "2")).isTrue();
  }

  @Test
  void touchesWithoutAChangeOfContent() throws Exception {
    put(KEY, "1");
    ObjectStat before = store().stat(KEY).orElseThrow();
    Thread.sleep(20);

    assertThat(store().touch(KEY)).isTrue();

    ObjectStat after = store().stat(KEY).orElseThrow();
    assertThat(after.modified()).isAfter(before.modified());
    assertThat(after.revision()).isEqualTo(before.revision());
  }

  @Test
  void refusesAWriterThatIsClosed() throws IOException {
    ObjectWriter writer = store().newWriter();
    writer.close();

    assertThatThrownBy(() -> writer.write(1)).isInstanceOf(IOException.class);
    assertThatThrownBy(() -> writer.putIfAbsent(KEY)).isInstanceOf(IOException.class);
  }

  /// Adds one to the number in an object, by as many swaps as it takes.
  protected static void increment(ObjectStore store, ObjectKey key) throws IOException {
    increment(store, key, 1);
  }

  /// @param size what the object has at least, in bytes
  private static void increment(ObjectStore store, ObjectKey key, int size) throws IOException {
    while (true) {
      Optional<Revision> seen = Optional.empty();
      int number = 0;
      Optional<ObjectReader> open = store.open(key);
      if (open.isPresent()) {
        try (var reader = open.get()) {
          seen = Optional.of(reader.stat().revision());
          number = Integer.parseInt(new String(reader.readAll(400_000), UTF_8).strip());
        }
      }
      String next = String.valueOf(number + 1);
      next += " ".repeat(Math.max(0, size - next.length()));
      if (store.compareAndSwap(key, seen, next.getBytes(UTF_8))) {
        return;
      }
    }
  }

  protected final boolean put(ObjectKey key, String content) throws IOException {
    try (var writer = store().newWriter()) {
      writer.write(content.getBytes(UTF_8));
      return writer.putIfAbsent(key);
    }
  }

  protected final String read(ObjectKey key) throws IOException {
    try (var reader = store().open(key).orElseThrow()) {
      return new String(reader.readAll(1_000_000), UTF_8);
    }
  }

  private static <T> List<T> inThreads(int count, Callable<T> work) throws Exception {
    try (var threads = Executors.newFixedThreadPool(count)) {
      List<Future<T>> running = threads.invokeAll(java.util.Collections.nCopies(count, work));
      var results = new java.util.ArrayList<T>();
      for (Future<T> one : running) {
        results.add(one.get());
      }
      return results;
    }
  }
}
