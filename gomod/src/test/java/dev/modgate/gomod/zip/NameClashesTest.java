package dev.modgate.gomod.zip;

import static org.assertj.core.api.Assertions.assertThat;

import dev.modgate.gomod.module.ModuleVersion;
import dev.modgate.gomod.zip.OddZip.Item;
import dev.modgate.gomod.zip.ZipFault.Kind;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Names that fall together, among others that do not.
final class NameClashesTest {
  private static final ModuleVersion MODULE = ModuleVersion.parse("example.com/m@v1.0.0");
  private static final String PREFIX = "example.com/m@v1.0.0/";

  @TempDir Path folder;

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
