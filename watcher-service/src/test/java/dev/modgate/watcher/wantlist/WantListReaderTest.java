package dev.modgate.watcher.wantlist;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class WantListReaderTest {
  private static final Path FILES = Path.of("src/test/resources/dev/modgate/watcher/wantlist");

  @Test
  void readsWhatItWroteByteForByte() throws Exception {
    String list = TestAgent.list(1, "payments", TestAgent.lines().toArray(WantLine[]::new));

    if (Boolean.getBoolean("faults.write")) {
      Files.createDirectories(FILES);
      Files.writeString(FILES.resolve("good.want"), list);
    }

    WantListReader reader = open(list.getBytes(UTF_8));
    WantList read = reader.lines();

    assertThat(list).isEqualTo(Files.readString(FILES.resolve("good.want")));
    assertThat(reader.header().agent()).isEqualTo("inner-1");
    assertThat(reader.header().fileName()).isEqualTo("inner-1-1.want");
    assertThat(read.lines()).isEqualTo(TestAgent.lines());
  }

  @Test
  void linesAreWrittenInTheirOrderAndOnce() {
    var lines = TestAgent.lines();

    String list =
        TestAgent.list(1, "payments", lines.get(2), lines.get(0), lines.get(1), lines.get(2));

    assertThat(list).isEqualTo(TestAgent.list(1, "payments", lines.toArray(WantLine[]::new)));
  }

  @Test
  void aListOfNothingIsOne() throws Exception {
    assertThat(open(TestAgent.list(1, "payments").getBytes(UTF_8)).lines().lines()).isEmpty();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("faults")
  void refusesEachFault(FaultyWantLists.Fault fault) throws Exception {
    Path file = FILES.resolve(fault.name() + ".want");
    if (Boolean.getBoolean("faults.write")) {
      Files.createDirectories(FILES);
      Files.write(file, fault.content());
    }
    byte[] content = Files.readAllBytes(file);

    RefusedException refused =
        catchThrowableOfType(RefusedException.class, () -> open(content).lines());

    assertThat(content).isEqualTo(fault.content());
    assertThat(Objects.requireNonNull(refused).sentence()).contains(fault.says());
    assertThat(refused.refusal()).isEqualTo(fault.refusal());
  }

  static List<FaultyWantLists.Fault> faults() {
    return FaultyWantLists.all();
  }

  @Test
  void ofWhatNobodyKnownHasSignedOnlyTheHeaderIsRead() {
    var read = new AtomicInteger();
    var endless =
        new InputStream() {
          private final byte[] header =
              FaultyWantLists.all().stream()
                  .filter(fault -> fault.name().equals("other-key-of-the-name"))
                  .findFirst()
                  .orElseThrow()
                  .content();

          @Override
          public int read() {
            int at = read.getAndIncrement();
            return at < header.length ? header[at] & 0xff : 'x';
          }

          @Override
          public int read(byte[] bytes, int offset, int length) {
            throw new AssertionError("that much of it is not to be read");
          }
        };

    RefusedException refused =
        catchThrowableOfType(
            RefusedException.class, () -> WantListReader.open(endless, TestAgent::pinned));

    assertThat(Objects.requireNonNull(refused).refusal()).isEqualTo(Refusal.UNKNOWN_KEY);
    assertThat(read.get()).isLessThan(4097);
  }

  @Test
  void linesHaveAnEnd() throws Exception {
    byte[] good = TestAgent.list(1, "payments").getBytes(UTF_8);
    var in =
        new InputStream() {
          private long at;

          @Override
          public int read() {
            return at < good.length ? good[(int) at++] & 0xff : 'x';
          }

          @Override
          public int read(byte[] bytes, int offset, int length) {
            for (int i = 0; i < length; i++) {
              bytes[offset + i] = (byte) read();
            }
            return length;
          }
        };
    WantListReader reader = WantListReader.open(in, TestAgent::pinned);

    RefusedException refused = catchThrowableOfType(RefusedException.class, reader::lines);

    assertThat(Objects.requireNonNull(refused).refusal()).isEqualTo(Refusal.TOO_LARGE);
  }

  private static WantListReader open(byte[] list) throws IOException, RefusedException {
    return WantListReader.open(new ByteArrayInputStream(list), TestAgent::pinned);
  }
}
