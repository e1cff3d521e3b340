package dev.modgate.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.modgate.standalone.DataFolder;
import dev.modgate.start.StartException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.DriverManager;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.json.JsonMapper;

/// Backups of a data folder with a real database, and what becomes of them.
final class BackupTest {
  private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

  @TempDir Path folder;
  private Path data = Path.of("data");
  private Path file = Path.of("backup.zip");
  private Path target = Path.of("target");

  @BeforeEach
  void fill() throws Exception {
    data = folder.resolve("data");
    file = folder.resolve("backup.zip");
    target = folder.resolve("target");
    put("outer/trust/sum.golang.org/created", "key");
    put("outer/trust/sum.golang.org/latest", "head");
    put("outer/trust/sum.golang.org/tile/8/0/000", "tile");
    put("outer/blobs/ab", "blob");
    put("inner/example.com/m/@v/list", "v1.0.0");
    put("kafka/log", "log");
    put("keys/verifier", "secret");
    put("keys/verifier.pub", "public");
    Files.createDirectories(data.resolve("watcher"));
    Flyway.configure()
        .dataSource(url(data), "modgate", "")
        .locations("classpath:dev/modgate/watcher/db/migration")
        .load()
        .migrate();
    execute(
        data,
        "insert into outbox (priority, request_id, attempt, path, payload, sent_at) values"
            + " (0, 'a', 1, 'p', '{}', current_timestamp)");
  }

  @Test
  void whatCantBeHadAgainComesBack() throws Exception {
    Manifest manifest = backup();
    Restore.Done done = restore();

    assertThat(manifest.createdAt()).isEqualTo(NOON);
    assertThat(done.manifest()).isEqualTo(manifest);
    assertThat(done.sentAgain()).isEqualTo(1);
    assertThat(manifest.entries())
        .extracting(Manifest.Entry::name)
        .as("the database first, a head after its tiles, keys last")
        .containsExactly(
            "watcher/modgate.mv.db",
            "outer/trust/sum.golang.org/tile/8/0/000",
            "outer/trust/sum.golang.org/created",
            "outer/trust/sum.golang.org/latest",
            "keys/verifier",
            "keys/verifier.pub");
    assertThat(target.resolve("outer/trust/sum.golang.org/latest")).hasContent("head");
    assertThat(target.resolve("keys/verifier")).hasContent("secret");
    assertThat(names(target)).containsExactlyInAnyOrder("keys", "modgate.lock", "outer", "watcher");
    execute(
        target,
        "insert into outbox (priority, request_id, attempt, path, payload)"
            + " select priority, 'b', attempt, path, payload from outbox where sent_at is null");
    DataFolder.take(target).close();
  }

  @Test
  void onlyItsOwnerMayReadABackupAndWhatIsRestored() throws Exception {
    backup();
    restore();

    for (Path secret : Stream.of(file, target.resolve("keys/verifier")).toList()) {
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(secret)))
          .isEqualTo("rw-------");
    }
  }

  @Test
  void aZoneStoreThatIsLeftMayStay() throws Exception {
    backup();
    Files.createDirectories(target.resolve("inner/sumdb"));
    Files.createDirectories(target.resolve("keys"));
    Files.writeString(target.resolve("keys/verifier"), "secret");

    restore();

    assertThat(target.resolve("inner/sumdb")).exists();
    assertThat(target.resolve("keys/verifier.pub")).hasContent("public");
  }

  @ParameterizedTest
  @MethodSource
  void nothingIsReplaced(String there, String sentence) throws Exception {
    backup();
    Path present = target.resolve(there);
    Files.createDirectories(present.resolve("..").normalize());
    Files.writeString(present, "other");
    Map<String, String> before = contents(target);

    assertThatExceptionOfType(BackupException.class)
        .isThrownBy(this::restore)
        .withMessageContaining(sentence);

    assertThat(contents(target)).isEqualTo(before);
  }

  static Stream<Arguments> nothingIsReplaced() {
    return Stream.of(
        Arguments.of("watcher/modgate.mv.db", "is there already, and a restore replaces nothing"),
        Arguments.of("outer/trust/x/latest", "is there already, and a restore replaces nothing"),
        Arguments.of("keys/verifier", "differs from the one in the backup"));
  }

  @Test
  void aFolderInUseIsRefused() throws Exception {
    backup();

    try (DataFolder _ = DataFolder.take(target)) {
      assertThatExceptionOfType(StartException.class)
          .isThrownBy(this::restore)
          .withMessageContaining("is held by another Modgate");
    }
  }

  @Test
  void aBackupOverwritesNothingAndNeedsADatabase() throws Exception {
    backup();

    assertThatExceptionOfType(BackupException.class)
        .isThrownBy(this::backup)
        .withMessageContaining("is there already");
    Files.delete(data.resolve("watcher/modgate.mv.db"));
    assertThatExceptionOfType(BackupException.class)
        .isThrownBy(this::backup)
        .withMessageContaining("there is no database");
  }

  @Test
  void aBackupThatFailsLeavesNothing() {
    DatabaseSource cut =
        out -> {
          out.write(1);
          throw new IOException("cut");
        };

    assertThatExceptionOfType(IOException.class)
        .isThrownBy(() -> new Backup(data, "1", Clock.systemUTC(), false).write(file, cut));

    assertThat(folder).isDirectoryNotContaining(path -> path.toString().contains("backup.zip"));
  }

  @Test
  void aRestoreThatWasKilledBetweenTwoNamesIsRefusedByAStartAndDoneAgain() throws Exception {
    backup();
    Files.createDirectories(target.resolve("watcher"));
    Files.writeString(target.resolve("watcher/modgate.mv.db"), "of the killed one");
    Files.writeString(
        target.resolve(DataFolder.RESTORING), "watcher/modgate.mv.db\nouter/trust\n../data\n");

    assertThatExceptionOfType(StartException.class)
        .isThrownBy(() -> DataFolder.take(target))
        .withMessageContaining("its restore was interrupted: do it again with: modgate restore");
    restore();

    DataFolder.take(target).close();
    assertThat(data.resolve("keys/verifier")).as("no way out of the folder").exists();
  }

  @Test
  void aDatabaseThatCantBeUsedIsNotPutInPlace() throws Exception {
    backup();
    Restore.Preparation refuses =
        _ -> {
          throw new StartException("of a newer Modgate");
        };

    assertThatExceptionOfType(StartException.class)
        .isThrownBy(() -> new Restore(target, refuses).read(file));

    assertThat(names(target)).containsExactly("modgate.lock");
  }

  @Test
  void aWholeBackupBringsTheZoneStoreTooAndListsComeBeforeWhatTheyName() throws Exception {
    put("inner/example.com/m/@v/v1.0.0.zip", "zip");
    put("inner/example.com/m/@v/v1.0.0.info", "info");
    put("inner/.tmp-modgate/new/half", "half");

    Manifest manifest = backup(true);
    restore();

    assertThat(manifest.entries())
        .extracting(Manifest.Entry::name)
        .endsWith(
            "inner/example.com/m/@v/list",
            "inner/example.com/m/@v/v1.0.0.info",
            "inner/example.com/m/@v/v1.0.0.zip");
    assertThat(target.resolve("inner/example.com/m/@v/v1.0.0.zip")).hasContent("zip");
    assertThat(target.resolve("inner/.tmp-modgate")).doesNotExist();
    assertThat(names(target))
        .containsExactlyInAnyOrder("inner", "keys", "modgate.lock", "outer", "watcher");
  }

  @Test
  void aZoneStoreThatIsThereIsNotReplaced() throws Exception {
    backup(true);
    Files.createDirectories(target.resolve("inner"));

    assertThatExceptionOfType(BackupException.class)
        .isThrownBy(this::restore)
        .withMessageContaining("inner\" is there already, and a restore replaces nothing");
  }

  @Test
  void aRestoreThatWasKilledWhileItCopiedGoesOn() throws Exception {
    put("inner/example.com/m/@v/v1.0.0.zip", "zip");
    Manifest manifest = backup(true);
    stage("outer/trust/sum.golang.org/latest", "head");
    stage("inner/example.com/m/@v/list", "v1.0.0");
    stage("inner/example.com/m/@v/v1.0.0.zip", "zi");
    stage("inner/example.com/m/@v/of-another-backup", "x");
    stage("keys/verifier", "Secret");
    Path copied = target.resolve(".restore/inner/example.com/m/@v/list");
    Object inode = Files.getAttribute(copied, "unix:ino");

    Restore.Done done = restore();

    assertThat(done.there()).isEqualTo(2);
    assertThat(Files.getAttribute(target.resolve("inner/example.com/m/@v/list"), "unix:ino"))
        .as("not copied again")
        .isEqualTo(inode);
    assertRestored(manifest);
  }

  @Test
  void aRestoreThatWasKilledAtAnyRenameGoesOn() throws Exception {
    Manifest manifest = backup(true);
    restore();
    Path whole = target;
    List<String> order =
        List.of(
            "watcher/modgate.mv.db", "outer/trust", "inner", "keys/verifier", "keys/verifier.pub");
    for (int placed = 0; placed <= order.size(); placed++) {
      target = folder.resolve("killed" + placed);
      for (String name : order) {
        boolean isPlaced = order.indexOf(name) < placed;
        copy(whole.resolve(name), (isPlaced ? target : target.resolve(".restore")).resolve(name));
      }
      Files.writeString(target.resolve(DataFolder.RESTORING), String.join("\n", order) + "\n");

      Restore.Done done = restore();

      assertThat(done.there())
          .as("all but the database, which was prepared")
          .isEqualTo(manifest.entries().size() - 1);
      assertRestored(manifest);
      DataFolder.take(target).close();
    }
  }

  @Test
  void aRestoreWhoseDiskIsFullGoesOn() throws Exception {
    Manifest manifest = backup(true);
    Restore.Preparation full =
        _ -> {
          throw new java.io.UncheckedIOException(new IOException("no space left on device"));
        };
    assertThatExceptionOfType(java.io.UncheckedIOException.class)
        .isThrownBy(() -> new Restore(target, full).read(file));

    assertThat(restore().there()).isEqualTo(manifest.entries().size());
    assertRestored(manifest);
  }

  /// All files of the backup, with their hashes but for the database, and no others.
  private void assertRestored(Manifest manifest) throws Exception {
    for (Manifest.Entry entry : manifest.entries()) {
      if (!entry.name().equals(Manifest.DATABASE)) {
        byte[] bytes = Files.readAllBytes(target.resolve(entry.name()));
        assertThat(HexFormat.of().formatHex(Backup.sha256().digest(bytes)))
            .as(entry.name())
            .isEqualTo(entry.sha256());
      }
    }
    assertThat(contents(target)).hasSize(manifest.entries().size());
    assertThat(names(target))
        .containsExactlyInAnyOrder("inner", "keys", "modgate.lock", "outer", "watcher");
  }

  private void stage(String name, String text) throws IOException {
    Path path = target.resolve(".restore").resolve(name);
    Files.createDirectories(path.resolve("..").normalize());
    Files.writeString(path, text);
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path path : files.filter(Files::isRegularFile).toList()) {
        Path there = to.resolve(from.relativize(path).toString());
        Files.createDirectories(there.resolve("..").normalize());
        Files.copy(path, there);
      }
    }
  }

  /// How a backup is broken, and what is said of it.
  record Fault(String name, String sentence, Consumer<Map<String, byte[]>> breaks) {
    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Fault> faults() {
    return Stream.of(
        new Fault(
            "other bytes",
            "is damaged: \"keys/verifier\" has SHA-256",
            all -> all.put("keys/verifier", bytes("sEcret"))),
        new Fault(
            "fewer bytes",
            "is damaged: \"keys/verifier\" has SHA-256",
            all -> all.put("keys/verifier", bytes("s"))),
        new Fault(
            "more bytes",
            "has more in \"keys/verifier\" than the 6 bytes of its manifest",
            all -> all.put("keys/verifier", new byte[50_000_000])),
        new Fault("a way out", "has an entry \"../evil\"", all -> all.put("../evil", bytes("x"))),
        new Fault(
            "a hidden way out",
            "has an entry \"keys/../../evil\"",
            all -> all.put("keys/../../evil", bytes("x"))),
        new Fault("an absolute name", "has an entry", all -> all.put("/etc/evil", bytes("x"))),
        new Fault(
            "another place", "which no backup has", all -> all.put("outer/blobs/evil", bytes("x"))),
        new Fault(
            "a zone store that its format does not have",
            "has \"inner/evil\", which its format does not have",
            all -> {
              all.remove("keys/verifier.pub");
              change(all, "\"name\":\"keys/verifier.pub\"", "\"name\":\"inner/evil\"");
              all.put("inner/evil", bytes("public"));
            }),
        new Fault(
            "the zone store's own folder",
            "which no backup has",
            all -> all.put("inner/.tmp-modgate/evil", bytes("x"))),
        new Fault(
            "an entry more",
            "has \"keys/evil\", which its manifest does not name",
            all -> all.put("keys/evil", bytes("x"))),
        new Fault(
            "an entry less",
            "lacks \"keys/verifier\", which its manifest names",
            all -> all.remove("keys/verifier")),
        new Fault("no manifest", "has no manifest", all -> all.remove(Manifest.NAME)),
        new Fault(
            "no JSON",
            "has a manifest that can't be read",
            all -> all.put(Manifest.NAME, bytes("{"))),
        new Fault(
            "an empty manifest",
            "has a manifest that can't be read",
            all -> all.put(Manifest.NAME, bytes("{}"))),
        new Fault(
            "no database",
            "has no database",
            all -> {
              all.remove(Manifest.DATABASE);
              change(all, "\"name\":\"watcher/modgate.mv.db\"", "\"name\":\"keys/verifier.pub2\"");
              all.put("keys/verifier.pub2", new byte[0]);
            }),
        new Fault(
            "a huge one",
            "bytes, at most 16777216 are taken",
            all -> change(all, "\"size\":6,", "\"size\":9000000000000,")),
        new Fault(
            "another format",
            "has format 3, by Modgate \"0.1.0\"; this one reads formats 1 and 2",
            all -> change(all, "\"format\":1", "\"format\":3")));
  }

  @ParameterizedTest
  @MethodSource("faults")
  void aBrokenBackupWritesNothing(Fault fault) throws Exception {
    backup();
    Map<String, byte[]> all = unpacked();
    fault.breaks.accept(all);
    pack(all);

    assertThatExceptionOfType(BackupException.class)
        .isThrownBy(this::restore)
        .withMessageContaining(fault.sentence);

    assertThat(target).doesNotExist();
  }

  @Test
  void aBackupThatIsCutAnywhereWritesNothing() throws Exception {
    backup();
    byte[] whole = Files.readAllBytes(file);

    for (int length : new int[] {0, 1, whole.length / 2, whole.length - 1}) {
      Files.write(file, java.util.Arrays.copyOf(whole, length));
      assertThatExceptionOfType(BackupException.class)
          .isThrownBy(this::restore)
          .withMessageContaining("is cut short, or none");
    }

    assertThat(target).doesNotExist();
  }

  @Test
  void aFlippedByteWritesNothing() throws Exception {
    backup();
    byte[] whole = Files.readAllBytes(file);
    int middle = whole.length / 2; // within the database
    whole[middle] = (byte) (whole[middle] ^ 1);

    Files.write(file, whole);

    assertThatExceptionOfType(BackupException.class).isThrownBy(this::restore);
    assertThat(target).doesNotExist();
  }

  @Test
  void twoEntriesOfOneNameAreRefused() throws Exception {
    backup();
    Map<String, byte[]> all = unpacked();
    all.put("keys/verifieR", bytes("evil"));
    pack(all);
    String text = Files.readString(file, StandardCharsets.ISO_8859_1);
    Files.writeString(
        file, text.replace("keys/verifieR", "keys/verifier"), StandardCharsets.ISO_8859_1);

    assertThatExceptionOfType(BackupException.class)
        .isThrownBy(this::restore)
        .withMessageContaining("has two entries \"keys/verifier\"");
    assertThat(target).doesNotExist();
  }

  private Manifest backup() throws IOException, BackupException {
    return backup(false);
  }

  private Manifest backup(boolean whole) throws IOException, BackupException {
    return new Backup(data, "0.1.0", Clock.fixed(NOON, ZoneOffset.UTC), whole)
        .write(file, out -> Files.copy(Backup.database(data), out));
  }

  private Restore.Done restore() throws IOException, BackupException {
    return new Restore(target, new WatcherDatabase()).read(file);
  }

  private void put(String name, String text) throws IOException {
    Path path = data.resolve(name);
    Files.createDirectories(path.resolve("..").normalize());
    Files.writeString(path, text);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] bytesOf(Map<String, byte[]> all) {
    return java.util.Objects.requireNonNull(all.get(Manifest.NAME));
  }

  private static void change(Map<String, byte[]> all, String from, String to) {
    String manifest = new String(bytesOf(all), StandardCharsets.UTF_8);
    assertThat(manifest).contains(from);
    all.put(Manifest.NAME, bytes(manifest.replace(from, to)));
  }

  private Map<String, byte[]> unpacked() throws IOException {
    Map<String, byte[]> all = new LinkedHashMap<>();
    try (var zip = new ZipFile(file.toFile())) {
      for (ZipEntry entry : zip.stream().map(e -> (ZipEntry) e).toList()) {
        all.put(entry.getName(), zip.getInputStream(entry).readAllBytes());
      }
    }
    assertThat(JsonMapper.shared().readValue(bytesOf(all), Manifest.class).format()).isEqualTo(1);
    return all;
  }

  private void pack(Map<String, byte[]> all) throws IOException {
    try (OutputStream out = Files.newOutputStream(file);
        var zip = new ZipOutputStream(out)) {
      for (var entry : all.entrySet()) {
        zip.putNextEntry(new ZipEntry(entry.getKey()));
        zip.write(entry.getValue());
        zip.closeEntry();
      }
    }
  }

  private static String url(Path data) {
    return "jdbc:h2:file:" + data.resolve("watcher").resolve("modgate");
  }

  private static void execute(Path data, String sql) throws Exception {
    try (var connection = DriverManager.getConnection(url(data), "modgate", "");
        var statement = connection.createStatement()) {
      assertThat(statement.executeUpdate(sql)).isPositive();
    }
  }

  private static java.util.List<String> names(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(path -> folder.relativize(path).toString()).toList();
    }
  }

  private static Map<String, String> contents(Path folder) throws IOException {
    Map<String, String> all = new TreeMap<>();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path path : files.filter(Files::isRegularFile).toList()) {
        if (!path.endsWith("modgate.lock")) {
          all.put(
              folder.relativize(path).toString(),
              Files.readString(path, StandardCharsets.ISO_8859_1));
        }
      }
    }
    return all;
  }
}
