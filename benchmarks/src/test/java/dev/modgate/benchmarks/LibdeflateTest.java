package dev.modgate.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.modgate.gomod.module.ModuleVersion;
import dev.modgate.gomod.zip.Inflate;
import dev.modgate.gomod.zip.ModuleZip;
import dev.modgate.gomod.zip.ZipReport;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import java.util.stream.Stream;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Where there is no libdeflate for this system, these tests are skipped.
final class LibdeflateTest {
  private static final Path FAULTS =
      Path.of("..", "gomod", "src", "test", "resources", "dev", "modgate", "gomod", "zip");

  private final Inflate inflate = Libdeflate.orElsePiecewise();
  private final ByteArrayOutputStream taken = new ByteArrayOutputStream();

  @BeforeEach
  void needsLibdeflate() {
    assumeTrue(inflate instanceof Libdeflate, "no libdeflate for this system");
  }

  @Test
  void givesTheContents() throws Exception {
    byte[] content = content(100_000, 1);

    assertThat(whole(deflate(content), content.length)).isTrue();
    assertThat(taken.toByteArray()).isEqualTo(content);
  }

  @Test
  void givesNothingOfAnEmptyFile() throws Exception {
    assertThat(whole(deflate(new byte[0]), 0)).isTrue();
    assertThat(taken.size()).isZero();
  }

  @Test
  void declinesDataThatIsNotAsDeclared() throws Exception {
    byte[] content = content(1000, 2);
    byte[] data = deflate(content);

    assertThat(whole(data, 999)).isFalse();
    assertThat(whole(data, 1001)).isFalse();
    assertThat(whole(Arrays.copyOf(data, data.length - 1), 1000)).isFalse();
    assertThat(whole(Arrays.copyOf(data, data.length + 1), 1000)).isFalse();
    assertThat(whole(new byte[] {7}, 1)).isFalse();
    assertThat(whole(new byte[0], 0)).isFalse();
    assertThat(taken.size()).isZero();
  }

  @Test
  void declinesWhatIsLargerThanItsBuffers() throws Exception {
    byte[] zeros = new byte[Libdeflate.MAX_OUT + 1];
    byte[] data = deflate(zeros);

    assertThat(whole(data, zeros.length)).isFalse();
    assertThat(whole(deflate(Arrays.copyOf(zeros, Libdeflate.MAX_OUT)), Libdeflate.MAX_OUT))
        .isTrue();
    assertThat(whole(new byte[Libdeflate.MAX_IN + 1], 1)).isFalse();
  }

  @Test
  void reportsEveryFaultFileAsTheJdkDoes() throws Exception {
    ModuleVersion module = ModuleVersion.parse("example.com/m@v1.0.0");
    try (Stream<Path> files = Files.walk(FAULTS)) {
      for (Path file : files.filter(f -> f.toString().endsWith(".zip")).toList()) {
        assertThat(inspect(file, module, inflate))
            .as(file.toString())
            .isEqualTo(inspect(file, module, Inflate.PIECEWISE));
      }
    }
  }

  /// Why it has no part in verdicts: x/mod refuses such a zip.
  @Test
  void takesAnIncompleteCodeThatTheJdkRefuses() throws Exception {
    byte[] data = HexFormat.of().parseHex("63cf1b0700");

    assertThat(whole(data, 260)).isTrue();
    assertThatThrownBy(() -> inflateWithTheJdk(data)).isInstanceOf(DataFormatException.class);
  }

  private boolean whole(byte[] data, int size) throws IOException {
    return inflate.whole(
        target -> System.arraycopy(data, 0, target, 0, data.length),
        data.length,
        size,
        taken::write);
  }

  private static ZipReport inspect(Path file, ModuleVersion module, Inflate inflate)
      throws IOException {
    try (var channel = FileChannel.open(file)) {
      return ModuleZip.inspect(channel, module, inflate);
    }
  }

  /// Some of it repeats itself.
  private static byte[] content(int length, int seed) {
    var random = new Random(seed);
    byte[] content = new byte[length];
    for (int i = 0; i < length; i++) {
      content[i] = (byte) (i > 50 && random.nextInt(3) > 0 ? content[i - 37] : random.nextInt(256));
    }
    return content;
  }

  private static byte[] deflate(byte[] content) {
    var deflater = new Deflater(Deflater.DEFAULT_COMPRESSION, true);
    deflater.setInput(content);
    deflater.finish();
    byte[] buffer = new byte[content.length + 100];
    int length = deflater.deflate(buffer);
    deflater.end();
    return Arrays.copyOf(buffer, length);
  }

  private static void inflateWithTheJdk(byte[] data) throws DataFormatException {
    var inflater = new Inflater(true);
    try {
      inflater.setInput(data);
      inflater.inflate(new byte[1000]);
    } finally {
      inflater.end();
    }
  }
}
