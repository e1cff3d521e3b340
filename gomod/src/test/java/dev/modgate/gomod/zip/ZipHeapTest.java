package dev.modgate.gomod.zip;

import static org.assertj.core.api.Assertions.assertThat;

import dev.modgate.gomod.heap.SmallJvm;
import dev.modgate.gomod.module.ModuleVersion;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Zips with as many entries as they may have, several at once, where there is little memory.
final class ZipHeapTest {
  private static final ModuleVersion MODULE = ModuleVersion.parse("example.com/m@v1.0.0");
  private static final int ENTRIES = 240_000;
  private static final int AT_ONCE = 8;

  @TempDir static Path folder;
  private static Path zip = Path.of("m.zip");

  @BeforeAll
  static void writeZipOnce() throws IOException {
    zip = folder.resolve(zip);
    writeZip(zip);
  }

  @Test
  void eightZipsOfManyEntriesAtOnceFitIntoASmallHeap() throws Exception {
    assertThat(Files.size(zip)).isGreaterThan(50_000_000);

    String printed = SmallJvm.run(256, Child.class, zip.toString());

    assertThat(printed).isEqualTo("inspected " + AT_ONCE + "\nexit 0");
  }

  @Test
  void aZipTakesNoMoreHeapThanItSays() throws Exception {
    long heap = ModuleZip.heapBytes(Files.size(zip));
    int besides = 12; // what a JVM has of its own, and room to collect

    String printed = SmallJvm.run((int) (heap >> 20) + besides, Child.class, zip.toString(), "1");

    assertThat(printed).isEqualTo("inspected 1\nexit 0");
  }

  @Test
  void aZipThatSwellsToAThousandTimesItsSizeIsReadInLittleMemory() throws Exception {
    Path bomb = folder.resolve("bomb.zip");
    byte[] zeros = new byte[1 << 20];
    try (var out = new ZipOutputStream(Files.newOutputStream(bomb))) {
      out.setLevel(Deflater.BEST_COMPRESSION);
      out.putNextEntry(new ZipEntry(MODULE + "/zeros"));
      for (int mebibytes = 0; mebibytes < 200; mebibytes++) {
        out.write(zeros);
      }
    }
    assertThat(Files.size(bomb)).isLessThan(210_000);

    String printed = SmallJvm.run(16, Child.class, bomb.toString(), "1");

    assertThat(printed).isEqualTo("inspected 1\nexit 0");
  }

  /// In no order.
  private static void writeZip(Path file) throws IOException {
    byte[] content = "package m".getBytes(StandardCharsets.US_ASCII);
    var crc = new CRC32();
    crc.update(content);
    try (var zip = new ZipOutputStream(new BufferedOutputStream(Files.newOutputStream(file)))) {
      for (int i = 0; i < ENTRIES; i++) {
        int scattered = (int) ((long) i * 7919 % ENTRIES);
        var entry =
            new ZipEntry(
                MODULE
                    + "/a-folder-%03d/the-file-with-the-number-%06d.go"
                        .formatted(scattered % 1000, scattered));
        entry.setMethod(ZipEntry.STORED);
        entry.setSize(content.length);
        entry.setCrc(crc.getValue());
        zip.putNextEntry(entry);
        zip.write(content);
      }
    }
  }

  static final class Child {
    public static void main(String[] args) throws Exception {
      int atOnce = args.length > 1 ? Integer.parseInt(args[1]) : AT_ONCE;
      Callable<ZipReport> inspection =
          () -> {
            try (var zip = FileChannel.open(Path.of(args[0]))) {
              return ModuleZip.inspect(zip, MODULE);
            }
          };
      List<Future<ZipReport>> reports = new ArrayList<>();
      try (var threads = Executors.newFixedThreadPool(atOnce)) {
        for (int i = 0; i < atOnce; i++) {
          reports.add(threads.submit(inspection));
        }
      }
      int right = 0;
      for (Future<ZipReport> report : reports) {
        right += report.get().hash().isPresent() ? 1 : 0;
      }
      System.out.println("inspected " + right);
    }
  }
}
