package dev.modgate.gomod.zip;

import static org.assertj.core.api.Assertions.assertThat;

import dev.modgate.gomod.module.ModuleVersion;
import dev.modgate.gomod.zip.OddZip.Item;
import dev.modgate.gomod.zip.ZipFault.Kind;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The whole sentence of each fault: it names the entry and both sides.
final class ZipFaultTest {
  private static final ModuleVersion MODULE = ModuleVersion.parse("example.com/m@v1.0.0");
  private static final String PREFIX = "example.com/m@v1.0.0/";
  private static final String M = PREFIX + "m.go";
  private static final String QUOTED_M = "entry \"" + M + "\"";

  @TempDir Path folder;

  private final Item item = OddZip.stored(M, "package m\n");

  @Test
  void aRightZipHasNone() throws Exception {
    ZipReport report = inspect(zip(item, OddZip.deflated(PREFIX + "big.txt", new byte[100_000])));

    assertThat(report.faults()).isEmpty();
    assertThat(report.hash()).isPresent();
  }

  @Test
  void sameNameTwice() throws Exception {
    assertFault(
        zip(item, OddZip.stored(M, "package n\n")),
        Kind.DUPLICATE,
        QUOTED_M + " is in the zip more than once");
  }

  @Test
  void namesThatDifferInCaseAlone() throws Exception {
    assertFault(
        zip(item, OddZip.stored(PREFIX + "M.go", "")),
        Kind.DUPLICATE,
        "entry \"" + PREFIX + "M.go\": \"M.go\" and \"m.go\" differ in case alone");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          a/x.go   | A/y.go      | ': "A" and "a" differ in case alone'
          A/y.go   | a/x.go      | ': "a" and "A" differ in case alone'
          b/a/x.go | b/A/        | ': "A" and "a" differ in case alone'
          k.go     | \u212a.go   | ': "\u212a.go" and "k.go" differ in case alone'
          é/x.go   | É/x.go      | ': "É" and "é" differ in case alone'
          a        | a/b/c       | ': "a" is both file and directory'
          a        | a/          | ': "a" is both file and directory'
          a/b/c    | a/b         | ': "b" is both file and directory'
          a/b/é    | a/b/é       | ' is in the zip more than once'
          """)
  void namesThatClashThoughOthersSortBetweenThem(String one, String other, String rest)
      throws Exception {
    byte[] zip =
        zip(
            empty(one),
            empty("a-b"),
            empty("a.go"),
            empty("b/a-/x"),
            empty("k/x"),
            empty("\u00e9-"),
            empty(other));

    assertFault(zip, Kind.DUPLICATE, "entry \"" + PREFIX + other + "\"" + rest);
  }

  @Test
  void namesThatDoNotClash() throws Exception {
    ZipReport report =
        inspect(
            zip(
                empty(""),
                empty("a/"),
                empty("a/"),
                empty("a/b"),
                empty("a-b"),
                empty("a/\u00e9/"),
                empty("a/\u00e9/\u00e9"),
                empty("\u00e9/a")));

    assertThat(report.faults()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void fileThatIsAFolderToo(boolean fileFirst) throws Exception {
    Item below = OddZip.stored(M + "/x.go", "");

    assertFault(
        fileFirst ? zip(item, below) : zip(below, item),
        Kind.DUPLICATE,
        "entry \"" + (fileFirst ? M + "/x.go" : M) + "\": \"m.go\" is both file and directory");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          example.com/m@v1.0.1/a.go        | PREFIX       | ' does not begin with "example.com/m@v1.0.0/"'
          example.com/m@v1.0.0/sub/go.mod  | GO_MOD_PLACE | ': a go.mod stands only at the root'
          example.com/m@v1.0.0/Go.mod      | GO_MOD_PLACE | ': the go.mod must be written "go.mod"'
          example.com/m@v1.0.0/../a.go     | NAME         | ': its element ".." is only dots'
          example.com/m@v1.0.0/nul.go      | NAME         | ': its element "nul.go" is a device on Windows'
          """)
  void nameThatBreaksARule(String name, Kind kind, String rest) throws Exception {
    assertFault(zip(item, OddZip.stored(name, "")), kind, "entry \"" + name + "\"" + rest);
  }

  @ParameterizedTest
  @CsvSource({"0120777, 120000", "060644, 60000", "010644, 10000", "040755, 40000"})
  void fileThatIsNotRegular(String mode, String type) throws Exception {
    item.attributes = Long.parseLong(mode, 8) << 16;

    assertFault(
        zip(item),
        Kind.IRREGULAR,
        QUOTED_M + " has file type " + type + ", want 100000 (regular file)");
  }

  @Test
  void encryptedEntry() throws Exception {
    item.flags = Entry.FLAG_ENCRYPTED;

    assertFault(zip(item), Kind.UNSUPPORTED, QUOTED_M + " is encrypted");
  }

  @Test
  void unknownMethod() throws Exception {
    item.method = 12;
    item.localMethod = 12;

    assertFault(
        zip(item),
        Kind.UNSUPPORTED,
        QUOTED_M + " has compression method 12, want 0 (stored) or 8 (deflated)");
  }

  @Test
  void headerWithAnotherName() throws Exception {
    item.localName = PREFIX + "n.go";

    assertDisagreement("name \"" + PREFIX + "n.go\" but the directory has \"" + M + "\"");
  }

  @Test
  void headerWithAnotherMethod() throws Exception {
    item.localMethod = 8;

    assertDisagreement("method 8 but the directory has 0");
  }

  @Test
  void headerWithAnotherSize() throws Exception {
    item.localSize = 11;

    assertDisagreement("size 11 but the directory has 10");
  }

  @Test
  void headerWithAnotherChecksum() throws Exception {
    item.localCrc = 1;

    assertDisagreement("checksum 1 but the directory has " + item.crc);
  }

  private void assertDisagreement(String rest) throws IOException {
    assertFault(zip(item), Kind.DISAGREEMENT, QUOTED_M + ": its header has " + rest);
  }

  @Test
  void noHeaderWhereTheDirectoryPoints() throws Exception {
    item.offset = 1;

    assertFault(zip(item), Kind.DISAGREEMENT, QUOTED_M + " has no header at offset 1");
  }

  @Test
  void entriesThatShareBytes() throws Exception {
    Item inner = OddZip.stored(PREFIX + "n.go", "package n\n");
    inner.offset = 30L + M.length();

    assertFault(
        zip(item, inner),
        Kind.DISAGREEMENT,
        "entry \""
            + PREFIX
            + "n.go\" begins at offset "
            + inner.offset
            + " but the entry before it ends at "
            + (inner.offset + 10));
  }

  @Test
  void dataThatReachesIntoTheDirectory() throws Exception {
    item.compressed = 11;
    int directory = 30 + M.length() + 10;

    assertFault(
        zip(item),
        Kind.DISAGREEMENT,
        QUOTED_M
            + " ends at offset "
            + (directory + 1)
            + ", inside the directory, which begins at "
            + directory);
  }

  @Test
  void bombThatDeclaresFewBytes() throws Exception {
    Item bomb = OddZip.deflated(M, new byte[10 << 20]);
    bomb.declare(10);

    assertFault(zip(bomb), Kind.CONTENT, QUOTED_M + " has more than 10 bytes but declares 10");
  }

  @Test
  void bombThatDeclaresItsBytes() throws Exception {
    item.declare(600L << 20);

    assertFault(
        zip(item),
        Kind.TOO_LARGE,
        "entries declare 629145600 bytes of contents, at most 524288000 are allowed");
  }

  @Test
  void fewerBytesThanDeclared() throws Exception {
    Item small = OddZip.deflated(M, new byte[10]);
    small.declare(11);

    assertFault(zip(small), Kind.CONTENT, QUOTED_M + " has 10 bytes but declares 11");
  }

  @Test
  void storedWithAnotherSize() throws Exception {
    item.declare(11);

    assertFault(zip(item), Kind.CONTENT, QUOTED_M + " is stored in 10 bytes but declares 11");
  }

  @Test
  void wrongChecksum() throws Exception {
    String right = String.format("%08x", item.crc);
    item.crc = 1;
    item.localCrc = 1;

    assertFault(
        zip(item), Kind.CONTENT, QUOTED_M + " has checksum " + right + " but declares 00000001");
  }

  @ParameterizedTest
  @ValueSource(strings = {"go.mod", "LICENSE"})
  void fileAboveItsOwnLimit(String file) throws Exception {
    Item large = OddZip.stored(PREFIX + file, "");
    large.declare((16L << 20) + 1);
    ZipReport report = inspect(zip(large));

    assertThat(report.faults())
        .contains(
            new ZipFault(
                Kind.TOO_LARGE,
                "entry \""
                    + PREFIX
                    + file
                    + "\" has 16777217 bytes, at most 16777216 are allowed"));
    assertThat(report.goModHash()).isEmpty();
  }

  @Test
  void noZip() throws Exception {
    assertFault(
        "<html>not found</html>".getBytes(StandardCharsets.UTF_8),
        Kind.NOT_A_ZIP,
        "no end record in the last 22 of 22 bytes");
    assertFault(new byte[0], Kind.NOT_A_ZIP, "no end record in the last 0 of 0 bytes");
  }

  @Test
  void zipThatBreaksOff() throws Exception {
    byte[] zip = zip(item);
    int length = zip.length - 1;

    assertFault(
        Arrays.copyOf(zip, length),
        Kind.NOT_A_ZIP,
        "no end record in the last " + length + " of " + length + " bytes");
  }

  @Test
  void bytesBehindTheEnd() throws Exception {
    byte[] zip = zip(item);
    int end = zip.length - 22;

    assertFault(
        Arrays.copyOf(zip, zip.length + 1),
        Kind.NOT_A_ZIP,
        "end record at offset "
            + end
            + " says the zip has "
            + zip.length
            + " bytes, it has "
            + (zip.length + 1));
  }

  private static Item empty(String name) {
    Item item = OddZip.stored(PREFIX + name, "");
    if (item.name.endsWith("/")) {
      item.attributes = 040755L << 16;
    }
    return item;
  }

  private static byte[] zip(Item... items) {
    var zip = new OddZip();
    for (Item item : items) {
      zip.add(item);
    }
    return zip.bytes();
  }

  private void assertFault(byte[] zip, Kind kind, String sentence) throws IOException {
    ZipReport report = inspect(zip);

    assertThat(report.hash()).isEmpty();
    assertThat(report.faults()).containsExactly(new ZipFault(kind, sentence));
  }

  private ZipReport inspect(byte[] zip) throws IOException {
    Path file = Files.write(folder.resolve("m.zip"), zip);
    try (FileChannel channel = FileChannel.open(file)) {
      return ModuleZip.inspect(channel, MODULE);
    }
  }
}
