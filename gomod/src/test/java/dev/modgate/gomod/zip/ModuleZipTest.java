package dev.modgate.gomod.zip;

import static org.assertj.core.api.Assertions.assertThat;

import dev.modgate.gomod.dirhash.GoModHash;
import dev.modgate.gomod.module.ModuleVersion;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The faults, each by itself, are in [FaultFilesTest].
final class ModuleZipTest {
  private static final ModuleVersion MODULE = ModuleVersion.parse("example.com/m@v1.0.0");
  private static final String PREFIX = "example.com/m@v1.0.0/";

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

  @Test
  void takesARightZipAndGivesItsGoMod() throws Exception {
    ZipReport report = inspect(zip(right()));

    assertThat(report.faults()).isEmpty();
    assertThat(report.hash()).isPresent();
    assertThat(report.goModHash())
        .contains(GoModHash.of("module example.com/m\n".getBytes(StandardCharsets.UTF_8)));
  }

  @Test
  void refusesAnArchiveCutAnywhere() throws Exception {
    byte[] zip = zip(right());
    for (int length = 0; length < zip.length; length++) {
      assertThat(inspect(Arrays.copyOf(zip, length)).hash()).as("cut at " + length).isEmpty();
    }
  }
}
