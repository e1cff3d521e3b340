package dev.modgate.gomod.zip;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// One zip per fault among the data files, each with the report that it must get.
///
/// With `-Dfaults.write=true` the files are written anew from [FaultZips]; read what changed.
final class FaultFilesTest {
  private static final Path FILES =
      Path.of("src", "test", "resources", "dev", "modgate", "gomod", "zip");

  @TempDir Path folder;

  @BeforeAll
  static void writeIfAsked() throws IOException {
    if (!Boolean.getBoolean("faults.write")) {
      return;
    }
    for (Map.Entry<String, byte[]> zip : FaultZips.all().entrySet()) {
      Path file = FILES.resolve(zip.getKey() + ".zip");
      Files.createDirectories(file.getParent());
      Files.write(file, zip.getValue());
      Files.writeString(FILES.resolve(zip.getKey() + ".txt"), report(file));
    }
  }

  static Stream<String> files() throws IOException {
    try (Stream<Path> all = Files.walk(FILES)) {
      return all
          .map(file -> FILES.relativize(file).toString().replace('\\', '/'))
          .filter(file -> file.endsWith(".zip"))
          .map(file -> file.substring(0, file.length() - ".zip".length()))
          .sorted()
          .toList()
          .stream();
    }
  }

  @ParameterizedTest
  @MethodSource("files")
  void isReportedWithAllItsFaults(String name) throws IOException {
    String report = report(FILES.resolve(name + ".zip"));

    assertThat(report).isEqualTo(Files.readString(FILES.resolve(name + ".txt")));
    assertThat(report.startsWith("h1:")).isEqualTo(name.startsWith("good/"));
  }

  /// Not byte by byte: another zlib may compress in another way.
  @Test
  void eachFileIsWhatItsMakerMakes() throws IOException {
    Map<String, byte[]> all = FaultZips.all();

    assertThat(files()).containsExactlyElementsOf(all.keySet());
    for (Map.Entry<String, byte[]> zip : all.entrySet()) {
      Path made = Files.write(folder.resolve("made.zip"), zip.getValue());
      assertThat(report(made))
          .as(zip.getKey())
          .isEqualTo(Files.readString(FILES.resolve(zip.getKey() + ".txt")));
    }
  }

  /// The h1, or a line for each fault.
  private static String report(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file)) {
      ZipReport report = ModuleZip.inspect(channel, FaultZips.MODULE);
      return report
          .hash()
          .map(hash -> hash + "\n")
          .orElseGet(() ->
              report.faults().stream()
                  .map(fault -> fault.kind() + " " + fault.sentence() + "\n")
                  .collect(Collectors.joining()));
    }
  }
}
