package dev.modgate.story;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// A Java program of ours as a process of its own, with this test's class path.
final class JavaProcess implements AutoCloseable {
  /// Of the command line, and of the server that it starts: most of a short life is compilation.
  private static final String QUICK =
      "-XX:+UseSerialGC -XX:TieredStopAtLevel=1 --enable-native-access=ALL-UNNAMED"
          + " --sun-misc-unsafe-memory-access=allow";

  private final Process process;
  private final Path output;

  private JavaProcess(Process process, Path output) {
    this.process = process;
    this.output = output;
  }

  static JavaProcess main(
      Class<?> mainClass, Path folder, Map<String, String> environment, List<String> args) {
    var program = List.of("-cp", System.getProperty("java.class.path"), mainClass.getName());
    return start(program, folder, environment, args);
  }

  static JavaProcess jar(
      Path jar, Path folder, Map<String, String> environment, List<String> args) {
    return start(List.of("-jar", jar.toString()), folder, environment, args);
  }

  private static JavaProcess start(
      List<String> program, Path folder, Map<String, String> environment, List<String> args) {
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-Xmx256m");
    command.addAll(List.of(QUICK.split(" ", -1)));
    command.add("-Dmodgate.server-options=-Xmx512m " + QUICK);
    command.addAll(program);
    command.addAll(args);
    try {
      Path output = Files.createTempFile(folder, "process-", ".log");
      var builder =
          new ProcessBuilder(command)
              .directory(folder.toFile())
              .redirectErrorStream(true)
              .redirectOutput(output.toFile());
      builder.environment().keySet().removeIf(name -> name.equals("GOPROXY"));
      builder.environment().put("MODGATE_SUMDB_DATABASE", "off"); // no network
      builder.environment().putAll(environment);
      return new JavaProcess(builder.start(), output);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// What a finished process said, both streams.
  record Result(int exitCode, String output) {}

  Result await(Duration limit) throws InterruptedException {
    if (!process.waitFor(limit.toSeconds(), TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new AssertionError("did not end within " + limit + ":\n" + output());
    }
    return new Result(process.exitValue(), output());
  }

  String output() {
    try {
      return Files.readString(output);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /// As `kill`.
  void terminate() {
    process.destroy();
  }

  /// As `kill -9`.
  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  /// As `kill -NAME`.
  void signal(String name) throws IOException, InterruptedException {
    int code = new ProcessBuilder("kill", "-" + name, "" + process.pid()).start().waitFor();
    if (code != 0 && process.isAlive()) {
      throw new IOException("kill -" + name + " ended with " + code);
    }
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
