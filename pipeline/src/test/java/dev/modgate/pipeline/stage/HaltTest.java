package dev.modgate.pipeline.stage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.modgate.pipeline.event.ModuleEvent;
import dev.modgate.pipeline.event.ModuleRequested;
import dev.modgate.pipeline.event.StageName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// A process that must not go on, as a process of its own.
class HaltTest extends OnBroker {

  @ParameterizedTest
  @CsvSource({
    "item, modgate: fetcher ends this process, java.lang.OutOfMemoryError",
    "loop, modgate: fetcher ends this process, java.lang.NoClassDefFoundError: com/example/Gone",
    "thread, modgate: background ends this process, java.lang.IllegalStateException: loop ended",
  })
  void endsTheProcessAndSaysWhy(String where, String who, String why) throws Exception {
    request(0, 1);
    Path output = folder.resolve(where + ".log");

    Process process = start(output, where);

    assertThat(process.waitFor(60, TimeUnit.SECONDS)).as("ended: %s", where).isTrue();
    assertThat(Files.readAllLines(output))
        .as(Files.readString(output))
        .filteredOn(line -> line.startsWith("modgate: "))
        .singleElement()
        .asString()
        .startsWith(who)
        .contains(why);
    assertThat(process.exitValue()).isEqualTo(Halt.EXIT_CODE);
  }

  @Test
  void knowsWhatLeavesTheProcessInDoubt() {
    assertThat(Halt.isDue(new OutOfMemoryError())).isTrue();
    assertThat(Halt.isDue(new CompletionException(new OutOfMemoryError()))).isTrue();
    assertThat(Halt.isDue(new NoSuchMethodError())).isTrue();

    assertThat(Halt.isDue(new StackOverflowError())).isFalse();
    assertThat(Halt.isDue(new AssertionError())).isFalse();
    assertThat(Halt.isDue(new IllegalStateException())).isFalse();
  }

  private Process start(Path output, String where) throws IOException {
    var command =
        List.of(
            ProcessHandle.current().info().command().orElseThrow(),
            "-Xmx64m",
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            Broken.class.getName(),
            kafka.bootstrapServers(),
            kafka.topicPrefix(),
            where);
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(output.toFile())
        .start();
  }

  /// A stage, or a thread, that breaks for good.
  static final class Broken {
    public static void main(String[] args) {
      switch (args[2]) {
        case "item" -> stage(args, new Weighing(Broken::exhaust, event -> {}));
        case "loop" ->
            stage(
                args,
                new Weighing(
                    event -> List.of(),
                    event -> {
                      throw new NoClassDefFoundError("com/example/Gone");
                    }));
        case "thread" ->
            Thread.ofPlatform()
                .name("background")
                .uncaughtExceptionHandler(Halt::uncaught)
                .start(() -> {
                  throw new IllegalStateException("loop ended");
                });
        default -> throw new IllegalArgumentException(args[2]);
      }
    }

    private static void stage(String[] args, StageWork<ModuleRequested> work) {
      var kafka = new KafkaSettings(args[0], args[1], Map.of());
      new Stage<>(
              StageName.FETCH, "fetcher", ModuleRequested.class, work, kafka, settings(), List::of)
          .start();
    }

    private static List<ModuleEvent> exhaust(ModuleRequested event) {
      var all = new ArrayList<byte[]>();
      while (all.size() < 1_000) {
        all.add(new byte[1 << 20]);
      }
      return List.of();
    }
  }
}
