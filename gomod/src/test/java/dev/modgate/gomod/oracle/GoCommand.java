package dev.modgate.gomod.oracle;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// Runs `go` with a module cache of its own.
record GoCommand(Path cache) {
  /// @param exit the exit code, -1 when it ran out of time or is not installed
  record Result(int exit, String out) {}

  Result run(Path folder, Map<String, String> environment, long seconds, List<String> arguments) {
    var command = new ArrayList<String>();
    command.add("go");
    command.addAll(arguments);
    try {
      Path out = Files.createTempFile("go", ".out");
      Path err = Files.createTempFile("go", ".err");
      var builder =
          new ProcessBuilder(command)
              .directory(folder.toFile())
              .redirectOutput(out.toFile())
              .redirectError(err.toFile());
      builder.environment().put("GOMODCACHE", cache.toString());
      builder.environment().put("GOFLAGS", "-mod=mod -modcacherw");
      builder.environment().put("GOTOOLCHAIN", "local");
      builder.environment().put("GOWORK", "off");
      builder.environment().putAll(environment);
      Process process = builder.start();
      boolean done = process.waitFor(seconds, TimeUnit.SECONDS);
      if (!done) {
        process.destroyForcibly();
      }
      int exit = done ? process.exitValue() : -1;
      String text = Files.readString(exit == 0 ? out : err, StandardCharsets.UTF_8);
      Files.delete(out);
      Files.delete(err);
      return new Result(exit, text);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    } catch (IOException e) {
      if (e.getMessage() != null && e.getMessage().contains("Cannot run program")) {
        return new Result(-1, "go is not on the PATH");
      }
      throw new UncheckedIOException(e);
    }
  }
}
