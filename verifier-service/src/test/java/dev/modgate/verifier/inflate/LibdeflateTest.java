package dev.modgate.verifier.inflate;

import static org.assertj.core.api.Assertions.assertThat;
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
import java.util.stream.Stream;
import java.util.zip.Deflater;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Where there is no libdeflate for this system, these tests are skipped.
final class LibdeflateTest {
  private static final Path FAULTS =
      Path.of("..", "gomod", "src", "test", "resources", "dev", "modgate", "gomod", "zip");

  private static final long SEED = Long.getLong("inflate.seed", 1);
  private static final int STREAMS = Integer.getInteger("inflate.streams", 20_000);
  private static final int MAX_SIZE = 20_000;

  private final Inflate inflate = Libdeflate.orElsePiecewise();
  private final ByteArrayOutputStream taken = new ByteArrayOutputStream();

  @BeforeEach
  void needsLibdeflate() {
    assumeTrue(inflate instanceof Libdeflate, "no libdeflate for this system");
  }

  @Test
  void givesTheContents() throws Exception {
    byte[] content = pieces(100_000);

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
    byte[] content = pieces(1000);
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
    byte[] content = pieces(Libdeflate.MAX_OUT + 1);

    assertThat(whole(deflate(content), content.length)).isFalse();
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

  /// The sizes are those that libdeflate alone finds, which takes more than the JDK does.
  @Test
  void takesOnlyWhatTheJdkReadsInTheSameWay() throws Exception {
    var streams = new Streams(SEED);
    NativeInflate.Decompressor lax = NativeInflate.load().orElseThrow().newDecompressor();
    byte[] out = new byte[MAX_SIZE];
    int whole = 0;
    int refusedByTheJdk = 0;
    byte[] right = {};
    for (int i = 0; i < STREAMS; i++) {
      right = i % 100 == 0 ? streams.right() : right;
      byte[] stream = i % 100 == 0 ? right : streams.changed(right);
      byte[] jdk = Streams.inflate(stream, MAX_SIZE);
      boolean taken = lax.decompress(stream, 0, stream.length, out, 0, MAX_SIZE);
      refusedByTheJdk += taken && jdk == null ? 1 : 0;
      int size = taken ? lax.written() : jdk != null ? jdk.length : MAX_SIZE;
      this.taken.reset();
      if (whole(stream, size)) {
        whole++;
        assertThat(jdk).as(HexFormat.of().formatHex(stream)).isEqualTo(this.taken.toByteArray());
      } else {
        assertThat(this.taken.size()).isZero();
      }
    }

    assertThat(whole).isGreaterThan(STREAMS / 20);
    assertThat(refusedByTheJdk).isPositive();
    System.out.printf(
        "inflate: %d streams, %d taken; %d refused by the JDK alone%n",
        STREAMS, whole, refusedByTheJdk);
  }

  @Test
  void takesBlocksThatReferToThoseBeforeThem() throws Exception {
    byte[] content = pieces(3_000_000);

    assertThat(whole(deflate(content), content.length)).isTrue();
    assertThat(taken.toByteArray()).isEqualTo(content);
  }

  /// libdeflate takes it: the one pattern that its code of distances has not.
  @Test
  void declinesAnIncompleteCodeThatTheJdkRefuses() throws Exception {
    byte[] data = HexFormat.of().parseHex("63cf1b0700");

    assertThat(whole(data, 260)).isFalse();
    assertThat(Streams.inflate(data, 1000)).isNull();
  }

  private boolean whole(byte[] data, int size) throws IOException {
    return inflate.whole(
        (target, index) -> System.arraycopy(data, 0, target, index, data.length),
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

  /// Of many kinds.
  private static byte[] pieces(int length) {
    var streams = new Streams(2);
    byte[] content = new byte[length];
    for (int at = 0; at < length; at += 1000) {
      int piece = Math.min(1000, length - at);
      System.arraycopy(streams.content(piece), 0, content, at, piece);
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
}
