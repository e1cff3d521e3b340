package dev.modgate.gomod.zip;

import static org.assertj.core.api.Assertions.assertThat;

import dev.modgate.gomod.dirhash.GoModHash;
import dev.modgate.gomod.module.ModuleVersion;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// One fault each, made from a right archive.
final class ModuleZipTest {
  private static final ModuleVersion MODULE = ModuleVersion.parse("example.com/m@v1.0.0");
  private static final String PREFIX = "example.com/m@v1.0.0/";
  private static final int LOCAL_HEADER = 0x04034b50;
  private static final int DIRECTORY_HEADER = 0x02014b50;

  @TempDir Path folder;

  private static Map<String, String> right() {
    Map<String, String> files = new LinkedHashMap<>();
    files.put(PREFIX + "go.mod", "module example.com/m\n");
    files.put(PREFIX + "m.go", "package m\n");
    return files;
  }

  private static byte[] zip(Map<String, String> files) throws IOException {
    var bytes = new ByteArrayOutputStream();
    try (var out = new ZipOutputStream(bytes)) {
      for (var file : files.entrySet()) {
        out.putNextEntry(new ZipEntry(file.getKey()));
        out.write(file.getValue().getBytes(StandardCharsets.UTF_8));
        out.closeEntry();
      }
    }
    return bytes.toByteArray();
  }

  private ZipReport inspect(byte[] zip) throws IOException {
    Path file = Files.write(folder.resolve("m.zip"), zip);
    try (FileChannel channel = FileChannel.open(file)) {
      return ModuleZip.inspect(channel, MODULE);
    }
  }

  /// The position of the n-th header with this signature, from 0.
  private static int header(byte[] zip, int signature, int n) {
    ByteBuffer buffer = ByteBuffer.wrap(zip).order(ByteOrder.LITTLE_ENDIAN);
    int found = 0;
    for (int at = 0; at <= zip.length - 4; at++) {
      if (buffer.getInt(at) == signature && found++ == n) {
        return at;
      }
    }
    throw new IllegalArgumentException("no such header");
  }

  private static void put16(byte[] zip, int at, int value) {
    ByteBuffer.wrap(zip).order(ByteOrder.LITTLE_ENDIAN).putShort(at, (short) value);
  }

  private static void put32(byte[] zip, int at, int value) {
    ByteBuffer.wrap(zip).order(ByteOrder.LITTLE_ENDIAN).putInt(at, value);
  }

  private void assertRefused(byte[] zip, ZipFault.Kind kind) throws IOException {
    ZipReport report = inspect(zip);

    assertThat(report.hash()).isEmpty();
    assertThat(report.faults()).extracting(ZipFault::kind).contains(kind);
  }

  @Test
  void takesARightZipAndGivesItsGoMod() throws Exception {
    ZipReport report = inspect(zip(right()));

    assertThat(report.faults()).isEmpty();
    assertThat(report.hash()).isPresent();
    assertThat(report.goModHash())
        .contains(GoModHash.of("module example.com/m\n".getBytes(StandardCharsets.UTF_8)));
  }

  @ParameterizedTest
  @CsvSource({
    "example.com/m@v1.0.1/other.go, PREFIX",
    "example.com/other@v1.0.0/other.go, PREFIX",
    "other.go, PREFIX",
    "example.com/m@v1.0.0/../up.go, NAME",
    "example.com/m@v1.0.0/a//b.go, NAME",
    "example.com/m@v1.0.0/con.go, NAME",
    "example.com/m@v1.0.0/what?.go, NAME",
    "example.com/m@v1.0.0/M.go, DUPLICATE",
    "example.com/m@v1.0.0/m.go/inner.go, DUPLICATE",
    "example.com/m@v1.0.0/sub/go.mod, GO_MOD_PLACE",
    "example.com/m@v1.0.0/GO.MOD, GO_MOD_PLACE"
  })
  void refusesAnEntryByItsName(String name, ZipFault.Kind kind) throws Exception {
    Map<String, String> files = right();
    files.put(name, "package m\n");

    ZipReport report = inspect(zip(files));

    assertThat(report.hash()).isEmpty();
    assertThat(report.faults()).extracting(ZipFault::kind).contains(kind);
  }

  @Test
  void refusesTwoEntriesWithOneName() throws Exception {
    Map<String, String> files = right();
    files.put(PREFIX + "n.go", "package m\n");
    byte[] zip = zip(files);
    for (int at :
        new int[] {header(zip, LOCAL_HEADER, 2) + 30, header(zip, DIRECTORY_HEADER, 2) + 46}) {
      zip[at + PREFIX.length()] = 'm';
    }

    assertRefused(zip, ZipFault.Kind.DUPLICATE);
  }

  @Test
  void refusesALinkToElsewhere() throws Exception {
    byte[] zip = zip(right());
    int entry = header(zip, DIRECTORY_HEADER, 1);
    zip[entry + 5] = 3; // made on Unix
    put32(zip, entry + 38, 0120777 << 16);

    assertRefused(zip, ZipFault.Kind.IRREGULAR);
  }

  @Test
  void refusesAnEncryptedEntry() throws Exception {
    byte[] zip = zip(right());
    for (int at :
        new int[] {header(zip, LOCAL_HEADER, 1) + 6, header(zip, DIRECTORY_HEADER, 1) + 8}) {
      zip[at] |= 1;
    }

    assertRefused(zip, ZipFault.Kind.UNSUPPORTED);
  }

  @Test
  void refusesAnUnknownMethod() throws Exception {
    byte[] zip = zip(right());
    put16(zip, header(zip, LOCAL_HEADER, 1) + 8, 12);
    put16(zip, header(zip, DIRECTORY_HEADER, 1) + 10, 12);

    assertRefused(zip, ZipFault.Kind.UNSUPPORTED);
  }

  @Test
  void refusesALocalHeaderWithAnotherName() throws Exception {
    byte[] zip = zip(right());
    zip[header(zip, LOCAL_HEADER, 1) + 30 + PREFIX.length()] = 'x';

    assertRefused(zip, ZipFault.Kind.DISAGREEMENT);
  }

  @Test
  void refusesADeclaredSizeThatLies() throws Exception {
    byte[] zip = zip(right());
    put32(zip, header(zip, DIRECTORY_HEADER, 1) + 24, 5);

    assertThat(inspect(zip).hash()).isEmpty();
  }

  @Test
  void refusesAWrongChecksum() throws Exception {
    byte[] zip = zip(right());
    zip[header(zip, DIRECTORY_HEADER, 1) + 16] ^= 1;

    assertThat(inspect(zip).hash()).isEmpty();
  }

  @Test
  void refusesAGoModLargerThanItsLimitWithoutReadingIt() throws Exception {
    byte[] zip = zip(right());
    put32(zip, header(zip, DIRECTORY_HEADER, 0) + 24, (16 << 20) + 1);

    assertRefused(zip, ZipFault.Kind.TOO_LARGE);
  }

  @Test
  void refusesMoreThan500MebibytesInAllWithoutReadingThem() throws Exception {
    byte[] zip = zip(right());
    put32(zip, header(zip, DIRECTORY_HEADER, 1) + 24, (500 << 20) + 1);

    assertRefused(zip, ZipFault.Kind.TOO_LARGE);
  }

  @Test
  void refusesAnArchiveCutAnywhere() throws Exception {
    byte[] zip = zip(right());
    for (int length = 0; length < zip.length; length++) {
      assertThat(inspect(java.util.Arrays.copyOf(zip, length)).hash())
          .as("cut at " + length)
          .isEmpty();
    }
  }

  @Test
  void listsAllFaultsAtOnce() throws Exception {
    Map<String, String> files = right();
    files.put("elsewhere.go", "");
    files.put(PREFIX + "con.go", "");
    files.put(PREFIX + "sub/go.mod", "");

    assertThat(inspect(zip(files)).faults())
        .extracting(ZipFault::kind)
        .contains(ZipFault.Kind.PREFIX, ZipFault.Kind.NAME, ZipFault.Kind.GO_MOD_PLACE);
  }
}
