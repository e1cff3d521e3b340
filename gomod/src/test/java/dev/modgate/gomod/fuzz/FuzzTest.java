package dev.modgate.gomod.fuzz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class FuzzTest {
  private static final Path REGRESSIONS = Path.of("src", "test", "resources", "fuzz");
  private static final Path FOUND = Path.of("target", "fuzz");
  private static final int INPUTS = 1_500;
  private static final long SECONDS = Long.getLong("fuzz.seconds", 0);
  private static final long SEED =
      Long.getLong("fuzz.seed", SECONDS == 0 ? 1 : System.currentTimeMillis());
  private static final String ONLY = System.getProperty("fuzz.only", "");
  private static final long MAX_NANOS = Duration.ofSeconds(5).toNanos();

  /// For each input: a window, buffers, and what an object costs for each of its bytes.
  private static final long MAX_ALLOCATED = 16L << 20;

  private static final long MAX_ALLOCATED_PER_BYTE = 2_000;
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  @ParameterizedTest
  @EnumSource
  void readsAnythingAndThrowsNothingElse(Parser parser) throws Exception {
    assumeTrue(ONLY.isEmpty() || ONLY.equals(parser.name()));
    for (byte[] known : Seeds.files(REGRESSIONS.resolve(parser.folder()))) {
      check(parser, known);
    }
    List<byte[]> seeds = Seeds.of(parser);
    seeds.forEach(seed -> check(parser, seed));
    var mutator = new Mutator(SEED, seeds);
    long inputs = 0;
    long end = System.nanoTime() + Duration.ofSeconds(SECONDS).toNanos();

    while (SECONDS == 0 ? inputs < INPUTS : System.nanoTime() < end) {
      check(parser, mutator.next());
      inputs++;
    }

    System.out.println("fuzz " + parser.folder() + ": " + inputs + " inputs from seed " + SEED);
  }

  private static void check(Parser parser, byte[] input) {
    try {
      byte[] before = input.clone();
      long thread = Thread.currentThread().threadId();
      long allocated = THREADS.getThreadAllocatedBytes(thread);
      long start = System.nanoTime();
      String answer = parser.answer(input);
      long nanos = System.nanoTime() - start;
      allocated = THREADS.getThreadAllocatedBytes(thread) - allocated;

      assertThat(parser.answer(input)).as("the second answer").isEqualTo(answer);
      assertThat(Arrays.equals(input, before)).as("the input is left alone").isTrue();
      assertThat(allocated)
          .as("allocated bytes")
          .isLessThan(MAX_ALLOCATED + MAX_ALLOCATED_PER_BYTE * input.length);
      assertThat(SECONDS == 0 ? 0 : nanos).as("nanoseconds").isLessThan(MAX_NANOS);
    } catch (Throwable e) {
      throw new AssertionError(
          parser + " from seed " + SEED + " with the input in " + keep(parser, input), e);
    }
  }

  private static Path keep(Parser parser, byte[] input) {
    try {
      Path folder = Files.createDirectories(FOUND.resolve(parser.folder()));
      return Files.write(folder.resolve(Integer.toHexString(Arrays.hashCode(input))), input);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
