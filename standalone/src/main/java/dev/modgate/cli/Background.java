package dev.modgate.cli;

import dev.modgate.standalone.DataFolder;
import dev.modgate.standalone.RunInfo;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A Modgate of this machine in a process of its own, that outlives the command that started it.
final class Background {
  /// Hands the upstreams on: a list may hold credentials, which have no place on a command line.
  static final String UPSTREAM = "MODGATE_UPSTREAM";

  private static final String SUMDB = "MODGATE_SUMDB_DATABASE";

  private static final Duration READY_WITHIN = Duration.ofSeconds(90);
  private static final long MOST_LAST_WORDS = 4096;

  private Background() {}

  /// Starts one and waits until it is ready. Where another command is just starting one in this
  /// folder, that is the one.
  ///
  /// @throws CliException with the last lines of its log when it does not start
  static RunInfo start(Path data, Options.Start options, String upstreams) {
    DataFolder.running(data)
        .ifPresent(run -> {
          throw CliException.failed(
              "data folder \""
                  + data
                  + "\" is held by another Modgate (process "
                  + run.pid()
                  + "); stop it with: modgate down --data "
                  + data);
        });
    Path log = data.resolve("logs").resolve("modgate.log");
    Process process;
    long before;
    try {
      Files.createDirectories(data.resolve("logs"));
      before = Files.exists(log) ? Files.size(log) : 0;
      process = launch(command(data, options), environment(options, upstreams), log);
    } catch (IOException e) {
      throw CliException.failed("can't start Modgate in \"" + data + "\": " + e.getMessage());
    }
    Instant deadline = Instant.now().plus(READY_WITHIN);
    while (Instant.now().isBefore(deadline)) {
      Optional<RunInfo> run = DataFolder.running(data).filter(RunInfo::ready);
      if (run.isPresent()) {
        return run.get();
      }
      if (!process.isAlive() && !DataFolder.isHeld(data)) {
        throw CliException.failed(lastWords(log, before));
      }
      pause(Duration.ofMillis(50));
    }
    throw CliException.failed(
        "Modgate was not ready within " + READY_WITHIN.toSeconds() + " s; its log: " + log);
  }

  private static List<String> command(Path data, Options.Start options) {
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of(System.getProperty("modgate.server-options", "").split(" ", -1)));
    command.removeIf(String::isEmpty);
    command.addAll(
        List.of("-cp", System.getProperty("java.class.path"), Main.class.getName(), "up"));
    command.addAll(List.of("--data", data.toString()));
    command.addAll(List.of("--port", String.valueOf(options.port)));
    command.addAll(List.of("--gateway-port", String.valueOf(options.gatewayPort)));
    command.addAll(List.of("--kafka-port", String.valueOf(options.kafkaPort)));
    if (options.tokenFile != null) {
      command.addAll(List.of("--token-file", options.tokenFile.toString()));
    }
    return command;
  }

  private static Map<String, String> environment(Options.Start options, String upstreams) {
    return options.sumdb == null
        ? Map.of(UPSTREAM, upstreams)
        : Map.of(UPSTREAM, upstreams, SUMDB, options.sumdb);
  }

  /// In a process group of its own, so that Ctrl-C at this command does not reach it.
  private static Process launch(List<String> command, Map<String, String> environment, Path log)
      throws IOException {
    String script =
        "if command -v setsid >/dev/null; then exec setsid \"$@\"; fi; set -m; \"$@\" & wait $!";
    var shell = new ArrayList<>(List.of("sh", "-c", script, "sh"));
    shell.addAll(command);
    var builder = new ProcessBuilder(shell);
    builder.environment().putAll(environment);
    return builder
        .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
        .start();
  }

  /// Why it did not start, by its log.
  ///
  /// @param before bytes that earlier runs wrote
  static String lastWords(Path log, long before) {
    try (var file = new RandomAccessFile(log.toFile(), "r")) {
      long start = Math.max(Math.min(before, file.length()), file.length() - MOST_LAST_WORDS);
      file.seek(start);
      byte[] tail = new byte[(int) (file.length() - start)];
      file.readFully(tail);
      List<String> lines = new String(tail, StandardCharsets.UTF_8).lines().toList();
      int last = lines.size() - 1;
      while (last >= 0 && !lines.get(last).startsWith("modgate: ")) {
        last--;
      }
      return last < 0
          ? "Modgate did not start; the end of " + log + ":\n" + ending(lines, lines.size() - 10)
          : ending(lines, last).substring("modgate: ".length());
    } catch (IOException e) {
      return "Modgate did not start, and its log \"" + log + "\" can't be read: " + e.getMessage();
    }
  }

  private static String ending(List<String> lines, int from) {
    return String.join("\n", lines.subList(Math.max(0, from), lines.size()));
  }

  static void pause(Duration time) {
    try {
      Thread.sleep(time);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw CliException.failed("interrupted");
    }
  }
}
