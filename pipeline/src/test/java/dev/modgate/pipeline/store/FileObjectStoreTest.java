package dev.modgate.pipeline.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import dev.modgate.pipeline.store.FileObjectStore.Step;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class FileObjectStoreTest extends ObjectStoreContract {
  private static final ObjectKey KEY = new ObjectKey("example.com/m/@v/v1.0.0.zip");

  @TempDir Path folder;
  private Path root;
  private FileObjectStore store;

  @BeforeEach
  void open() throws IOException {
    root = folder.resolve("store");
    store = new FileObjectStore(root, Durability.FSYNC);
  }

  @Override
  protected ObjectStore store() {
    return store;
  }

  @Test
  void losesNoUpdateOfTwoProcesses() throws Exception {
    var children = new ArrayList<Process>();
    for (int i = 0; i < 2; i++) {
      children.add(child(Incrementer.class, root.toString(), "200"));
    }
    for (int i = 0; i < 200; i++) {
      increment(store, KEY);
    }

    for (Process child : children) {
      assertThat(child.waitFor()).isZero();
    }
    assertThat(read(KEY)).isEqualTo("600");
  }

  @ParameterizedTest
  @EnumSource(Step.class)
  void holdsItWholeOrNotAtAllAfterADeathAtAnyStep(Step step) throws Exception {
    put(new ObjectKey("list"), "old");

    assertThat(child(Dying.class, root.toString(), step.name()).waitFor()).isEqualTo(137);

    var reopened = new FileObjectStore(root, Durability.FSYNC);
    Optional<ObjectStat> found = reopened.stat(KEY);
    found.ifPresent(stat -> assertThat(stat.size()).isEqualTo(Dying.CONTENT.length()));
    assertThat(read(new ObjectKey("list"))).isIn("old", Dying.CONTENT);
    assertThat(put(KEY, Dying.CONTENT)).isEqualTo(found.isEmpty());
    assertThat(read(KEY)).isEqualTo(Dying.CONTENT);
    Optional<Revision> list = store.stat(new ObjectKey("list")).map(ObjectStat::revision);
    assertThat(store.compareAndSwap(new ObjectKey("list"), list, "next".getBytes(UTF_8))).isTrue();
  }

  @ParameterizedTest
  @EnumSource(names = {"TEMP_WRITTEN", "TEMP_SYNCED", "RENAMED", "FOLDER_SYNCED"})
  void holdsTheOldOrTheNewAfterADeathAtAnyStepOfASwap(Step step) throws Exception {
    var list = new ObjectKey("list");
    put(list, "old");

    assertThat(child(Dying.class, root.toString(), step.name(), "swap").waitFor()).isEqualTo(137);

    boolean renamed = step == Step.RENAMED || step == Step.FOLDER_SYNCED;
    assertThat(read(list)).isEqualTo(renamed ? Dying.CONTENT : "old");
    Optional<Revision> seen = store.stat(list).map(ObjectStat::revision);
    assertThat(store.compareAndSwap(list, seen, "next".getBytes(UTF_8))).isTrue();
  }

  @Test
  void sealsWhatItHolds() throws IOException {
    put(KEY, "x");

    assertThat(root.resolve(KEY.value()).toFile().canRead()).isTrue();
    assertThat(Files.getPosixFilePermissions(root.resolve(KEY.value())))
        .noneMatch(permission -> permission.name().endsWith("WRITE"));
  }

  @Test
  void leavesNoTempBehind() throws IOException {
    put(KEY, "x");
    put(KEY, "y");
    try (var writer = store.newWriter()) {
      writer.write(1);
    }

    try (var temps = Files.list(root.resolve(".tmp-modgate/new"))) {
      assertThat(temps).isEmpty();
    }
  }

  @Test
  void sweepsAtItsStartWhatWriterLeftADayAgo() throws IOException {
    Path old = Files.writeString(root.resolve(".tmp-modgate/new/old"), "x");
    Path young = Files.writeString(root.resolve(".tmp-modgate/new/young"), "x");
    Path notOurs = Files.createDirectories(root.resolve(".tmp-modgate/new/folder/of-somebody"));
    Files.setLastModifiedTime(notOurs.getParent(), FileTime.from(Instant.EPOCH));
    Files.setLastModifiedTime(old, FileTime.from(Instant.now().minus(Duration.ofHours(25))));

    var _ = new FileObjectStore(root, Durability.RELAXED);

    assertThat(old).doesNotExist();
    assertThat(young).exists();
    assertThat(notOurs).exists();
  }

  @Test
  void followsNoLinkOutOfItsFolder() throws IOException {
    Path outside = Files.createDirectory(folder.resolve("outside"));
    Files.writeString(outside.resolve("secret"), "x");
    Files.createSymbolicLink(root.resolve("dir"), outside);
    Files.createSymbolicLink(root.resolve("file"), outside.resolve("secret"));

    assertThat(store.open(new ObjectKey("dir/secret"))).isEmpty();
    assertThat(store.open(new ObjectKey("file"))).isEmpty();
    assertThatThrownBy(() -> put(new ObjectKey("dir/new"), "x"))
        .isInstanceOf(UnusableObjectException.class)
        .hasMessageContaining("is a link");
    assertThat(outside.resolve("new")).doesNotExist();
    for (String prefix : new String[] {"", "dir", "dir/secret", "file"}) {
      try (var all = store.list(prefix)) {
        assertThat(all).as(prefix).isEmpty();
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"there", "nowhere"})
  void doesNotTakeALinkForAnObjectThatWasPutBefore(String to) throws IOException {
    Files.writeString(folder.resolve("there"), "x");
    Files.createSymbolicLink(root.resolve("link"), folder.resolve(to));
    var key = new ObjectKey("link");

    assertThatThrownBy(() -> put(key, "y"))
        .isInstanceOf(UnusableObjectException.class)
        .hasMessageContaining("object \"link\" is not written");
    assertThatThrownBy(() -> store.compareAndSwap(key, Optional.empty(), new byte[1]))
        .isInstanceOf(UnusableObjectException.class);
    assertThat(store.delete(key)).isFalse();
    assertThat(store.touch(key)).isFalse();
    assertThat(folder.resolve("there")).hasContent("x");
    assertThat(folder.resolve("nowhere")).doesNotExist();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "/new", "/locks"})
  void doesNotOpenWhereALinkLeadsItsOwnFolderElsewhere(String own) throws IOException {
    Path other = folder.resolve("other");
    Path outside = Files.createDirectory(folder.resolve("outside"));
    Path link = other.resolve(".tmp-modgate" + own);
    Files.createDirectories(link.resolve("..").normalize());
    Files.createSymbolicLink(link, outside);

    assertThatThrownBy(() -> new FileObjectStore(other, Durability.FSYNC))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(".tmp-modgate" + own + "\" is a link");
    assertThat(outside).isEmptyDirectory();
  }

  @Test
  void anAccessThatIsDeniedForOneObjectIsSaidOfThatObject() throws IOException {
    put(KEY, "x");
    Path closed = root.resolve("example.com/m/@v");
    Files.setPosixFilePermissions(closed, Set.of());
    assumeFalse(Files.isReadable(closed), "this process may do what permissions forbid");

    try {
      assertThatThrownBy(() -> store.stat(KEY)).isInstanceOf(UnusableObjectException.class);
      assertThatThrownBy(() -> store.open(KEY)).isInstanceOf(UnusableObjectException.class);
      assertThatThrownBy(() -> put(KEY, "y"))
          .isInstanceOf(UnusableObjectException.class)
          .hasMessageContaining("is denied");
    } finally {
      Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
  }

  @Test
  void refusesAKeyThatIsAFolderOfAnother() throws IOException {
    put(new ObjectKey("a/b"), "x");

    assertThatThrownBy(() -> put(new ObjectKey("a/b/c"), "x"))
        .isInstanceOf(UnusableObjectException.class)
        .hasMessage("object key \"a/b/c\" lies below the object \"a/b\"");
    assertThatThrownBy(() -> put(new ObjectKey("a"), "x"))
        .isInstanceOf(UnusableObjectException.class)
        .hasMessage("object key \"a\" is the folder of other objects");
    assertThat(store.open(new ObjectKey("a"))).isEmpty();
    assertThat(store.open(new ObjectKey("a/b/c"))).isEmpty();
    assertThat(store.delete(new ObjectKey("a"))).isFalse();
  }

  @Test
  void refusesASegmentThatNoFileNameCanBe() throws IOException {
    var key = new ObjectKey("ü".repeat(128));

    assertThatThrownBy(() -> put(key, "x"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("a segment of more than 255 bytes");
    assertThat(store.open(key)).isEmpty();
  }

  @Test
  void namesTheKeyWhereItCannotWrite() throws IOException {
    var full =
        new FileObjectStore(
            root,
            Durability.FSYNC,
            step -> {
              if (step == Step.TEMP_WRITTEN) {
                deleteTemps();
              }
            });

    try (var writer = full.newWriter()) {
      writer.write(1);
      assertThatThrownBy(() -> writer.putIfAbsent(KEY))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("could not write object \"" + KEY + "\"");
    }
    assertThat(store.stat(KEY)).isEmpty();
  }

  @Test
  void saysThatItIsGoneWhereItCannotBeginToWrite() throws IOException {
    Files.move(root, folder.resolve("elsewhere"));
    String gone = "store \"" + root + "\" is gone: it has no folder \".tmp-modgate\"";

    assertThatThrownBy(() -> store.newWriter()).hasMessage(gone);
    assertThatThrownBy(() -> store.compareAndSwap(KEY, Optional.empty(), new byte[1]))
        .hasMessageContaining(gone);
  }

  @Test
  void saysWhyItCannotBeginToWrite() throws IOException {
    Path temps = root.resolve(".tmp-modgate/new");
    Files.setPosixFilePermissions(temps, PosixFilePermissions.fromString("r-xr-xr-x"));
    assumeFalse(Files.isWritable(temps), "this process may do what permissions forbid");

    try {
      assertThatThrownBy(() -> store.newWriter())
          .isInstanceOf(IOException.class)
          .hasMessageStartingWith("could not write to the store \"" + root + "\": ")
          .hasMessageContaining("AccessDenied");
    } finally {
      Files.setPosixFilePermissions(temps, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
  }

  private void deleteTemps() {
    try (var temps = Files.newDirectoryStream(root.resolve(".tmp-modgate/new"))) {
      for (Path temp : temps) {
        Files.delete(temp);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Process child(Class<?> main, String... args) throws IOException {
    var command =
        new ArrayList<>(
            List.of(
                ProcessHandle.current().info().command().orElseThrow(),
                "-Xmx64m",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                main.getName()));
    command.addAll(List.of(args));
    return new ProcessBuilder(command).inheritIO().start();
  }

  /// Counts in the same object as its parent.
  static final class Incrementer {
    public static void main(String[] args) throws IOException {
      var store = new FileObjectStore(Path.of(args[0]), Durability.RELAXED);
      for (int i = 0; i < Integer.parseInt(args[1]); i++) {
        increment(store, KEY);
      }
    }
  }

  /// Puts one object and swaps another, and dies at a step.
  static final class Dying {
    static final String CONTENT = "content ".repeat(1000);

    public static void main(String[] args) throws IOException {
      Step last = Step.valueOf(args[1]);
      var store =
          new FileObjectStore(
              Path.of(args[0]),
              Durability.FSYNC,
              step -> {
                if (step == last) {
                  Runtime.getRuntime().halt(137);
                }
              });
      var list = new ObjectKey("list");
      if (last == Step.RENAMED || args.length > 2) {
        Optional<Revision> seen = store.stat(list).map(ObjectStat::revision);
        store.compareAndSwap(list, seen, CONTENT.getBytes(UTF_8));
      }
      try (var writer = store.newWriter()) {
        writer.write(CONTENT.getBytes(UTF_8));
        writer.putIfAbsent(KEY);
      }
    }
  }
}
