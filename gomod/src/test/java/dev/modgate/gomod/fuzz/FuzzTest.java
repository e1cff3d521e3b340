package dev.modgate.gomod.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class FuzzTest {
  private static final Path RESOURCES = Path.of("src", "test", "resources");
  private static final Path DATA = RESOURCES.resolve(Path.of("dev", "modgate", "gomod"));
  private static final Path REGRESSIONS = RESOURCES.resolve("fuzz");
  private static final Path FOUND = Path.of("target", "fuzz");
  private static final int INPUTS = 4_000;
  private static final long SECONDS = Long.getLong("fuzz.seconds", 0);
  private static final long MAX_NANOS = Duration.ofSeconds(5).toNanos();

  /// For each input: a window, buffers, and what an object costs for each of its bytes.
  private static final long MAX_ALLOCATED = 16L << 20;

  private static final long MAX_ALLOCATED_PER_BYTE = 2_000;
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  @ParameterizedTest
  @EnumSource
  void readsAnythingAndThrowsNothingElse(Parser parser) throws IOException {
    for (byte[] known : files(REGRESSIONS.resolve(parser.folder()))) {
      check(parser, known);
    }
    List<byte[]> seeds = seeds(parser);
    seeds.forEach(seed -> check(parser, seed));
    var mutator = new Mutator(SECONDS == 0 ? 1 : System.nanoTime(), seeds);
    long inputs = 0;
    long end = System.nanoTime() + Duration.ofSeconds(SECONDS).toNanos();

    while (SECONDS == 0 ? inputs < INPUTS : System.nanoTime() < end) {
      check(parser, mutator.next());
      inputs++;
    }

    System.out.println("fuzz " + parser.folder() + ": " + inputs + " inputs");
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
      throw new AssertionError(parser + " with the input in " + keep(parser, input), e);
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

  private static List<byte[]> seeds(Parser parser) throws IOException {
    return switch (parser) {
      case ZIP -> files(DATA.resolve("zip"), ".zip");
      case GO_SUM -> with(files(RESOURCES.resolve("gosum")), start("caddy/go.sum"));
      case GO_MOD, GO_MOD_LAX ->
          with(files(RESOURCES.resolve("modfile")), start("caddy/go.mod"), GO_MOD);
      case INFO -> files(DATA.resolve("proxy"));
      case VERSION_LIST -> texts("v1.0.0\nv1.1.0-rc.1\nv2.0.0+incompatible\n", "v1.0.0 \r\n\n");
      case GOPROXY ->
          texts(
              "https://a.example,https://b.example/go|direct",
              "http://user:secret@a.example:8080/x,off",
              "file:///a/b");
      case REQUEST ->
          texts(
              "/github.com/!burnt!sushi/toml/@v/v1.4.0.zip",
              "/example.com/m/@v/list",
              "/example.com/m/@latest");
      case MODULE_VERSION ->
          texts(
              "example.com/m@v1.0.0",
              "gopkg.in/yaml.v2@v2.4.0",
              "github.com/!burnt!sushi/toml",
              "v1.0.0-!r!c1",
              "example.com/m/v2@v2.0.1-0.20200101000000-abcdefabcdef");
    };
  }

  private static final byte[] GO_MOD =
      """
      // Deprecated: use v2
      module example.com/m // and why

      go 1.25.4

      toolchain go1.26.0

      godebug default=go1.21

      require (
      \texample.com/a v1.0.0 // indirect
      \t"example.com/b" v0.0.0-20200101000000-abcdefabcdef
      )

      exclude example.com/a v1.0.1

      replace example.com/a => ../a

      replace example.com/b v1.0.0 => example.com/c v1.2.3

      retract [v1.0.0, v1.0.5] // wrong

      tool example.com/a/cmd
      """
          .getBytes(StandardCharsets.UTF_8);

  private static List<byte[]> texts(String... texts) {
    return Stream.of(texts).map(text -> text.getBytes(StandardCharsets.UTF_8)).toList();
  }

  private static List<byte[]> with(List<byte[]> seeds, byte[]... more) {
    List<byte[]> all = new ArrayList<>(seeds);
    all.addAll(List.of(more));
    return all;
  }

  /// What stands in the first lines of a file.
  private static byte[] start(String file) throws IOException {
    byte[] all = Files.readAllBytes(RESOURCES.resolve(file));
    return Arrays.copyOf(all, Math.min(all.length, 3000));
  }

  private static List<byte[]> files(Path folder) throws IOException {
    return files(folder, "");
  }

  /// None where there is no such folder.
  private static List<byte[]> files(Path folder, String ending) throws IOException {
    if (!Files.exists(folder)) {
      return List.of();
    }
    try (Stream<Path> all = Files.walk(folder)) {
      List<byte[]> contents = new ArrayList<>();
      for (Path file : all.filter(Files::isRegularFile).sorted().toList()) {
        if (file.toString().endsWith(ending)) {
          contents.add(Files.readAllBytes(file));
        }
      }
      return contents;
    }
  }
}
