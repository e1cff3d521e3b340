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
class FatalTest extends OnBroker {

  @ParameterizedTest
  @CsvSource({
    "item, FETCH , java.lang.OutOfMemoryError",
    "loop, fetcher can't go on, java.lang.NoClassDefFoundError: com/example/Gone",
    "thread, background can't go on, java.lang.IllegalStateException: loop ended",
  })
  void endsTheProcessAndSaysWhy(String where, String who, String why) throws Exception {
    request(0, 1);
    Path output = folder.resolve(where + ".log");

    Process process = start(output, where);

    assertThat(process.waitFor(60, TimeUnit.SECONDS)).as("ended: %s", where).isTrue();
    assertThat(Files.readAllLines(output))
        .as(Files.readString(output))
        .filteredOn(line -> line.contains("can't go on, the process ends: "))
        .singleElement()
        .asString()
        .startsWithIgnoringCase(who) // the memory may run out beside the item too
        .contains(why);
    assertThat(process.exitValue()).isEqualTo(Fatal.EXIT_CODE);
  }

  @Test
  void knowsWhatLeavesTheProcessInDoubt() {
    assertThat(Fatal.concerns(new OutOfMemoryError())).isTrue();
    assertThat(Fatal.concerns(new CompletionException(new OutOfMemoryError()))).isTrue();
    assertThat(Fatal.concerns(new NoSuchMethodError())).isTrue();

    assertThat(Fatal.concerns(new StackOverflowError())).isFalse();
    assertThat(Fatal.concerns(new AssertionError())).isFalse();
    assertThat(Fatal.concerns(new IllegalStateException())).isFalse();
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
                .uncaughtExceptionHandler(Fatal::uncaught)
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
