package dev.modgate.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// A command as a whole process.
final class Command {
  private static final Duration LIMIT = Duration.ofMinutes(10);

  private Command() {}

  /// Of a finished command.
  record Run(double seconds, String output) {}

  /// @throws IOException with the end of its output where it does not exit with 0 in time
  static Run run(Path folder, Map<String, String> environment, List<String> command)
      throws IOException, InterruptedException {
    Path output = Files.createTempFile("modgate-bench", ".out");
    var builder =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile());
    builder.environment().putAll(environment);
    long start = System.nanoTime();
    Process process = builder.start();
    boolean ended = process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS);
    double seconds = (System.nanoTime() - start) / 1e9;
    String text = Files.readString(output);
    Files.delete(output);
    if (!ended || process.exitValue() != 0) {
      process.destroyForcibly();
      throw new IOException(
          String.join(" ", command.subList(0, Math.min(4, command.size())))
              + (ended ? " exited with " + process.exitValue() : " did not end within " + LIMIT)
              + ":\n"
              + text.substring(Math.max(0, text.length() - 2000)));
    }
    return new Run(seconds, text);
  }

  static boolean exists(String name) {
    for (String folder : System.getenv().getOrDefault("PATH", "").split(":", -1)) {
      if (Files.isExecutable(Path.of(folder, name))) {
        return true;
      }
    }
    return false;
  }
}
