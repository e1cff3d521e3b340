package dev.modgate.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// The real `go` in a zone where nothing but the gateway can be reached: empty caches, no checksum
/// database, no direct fetches.
record GoCommand(Path home, Path project, int gatewayPort) {
  record Result(int exit, String output) {}

  static boolean isPresent() {
    try {
      return new ProcessBuilder("go", "version").start().waitFor() == 0;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /// With an empty cache and a project `example.com/project`.
  static GoCommand in(Path folder, int gatewayPort) throws IOException {
    Path project = Files.createDirectories(folder.resolve("project"));
    Files.writeString(project.resolve("go.mod"), "module example.com/project\n\ngo 1.20\n");
    return new GoCommand(Files.createDirectories(folder.resolve("home")), project, gatewayPort);
  }

  Result run(String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("go"));
    command.addAll(List.of(arguments));
    var builder = new ProcessBuilder(command).directory(project.toFile()).redirectErrorStream(true);
    String path = System.getenv().getOrDefault("PATH", "");
    builder.environment().clear();
    builder.environment().put("PATH", path);
    builder.environment().put("HOME", home.toString());
    builder.environment().put("GOPATH", home.resolve("go").toString());
    builder.environment().put("GOMODCACHE", home.resolve("cache").toString());
    builder.environment().put("GOCACHE", home.resolve("build").toString());
    builder.environment().put("GOENV", "off");
    builder.environment().put("GOPROXY", "http://127.0.0.1:" + gatewayPort);
    builder.environment().put("GONOSUMDB", "*");
    builder.environment().put("GOFLAGS", "-mod=mod -modcacherw");
    builder.environment().put("GOTOOLCHAIN", "local");
    builder.environment().put("GOTELEMETRY", "off");
    Process process = builder.start();
    String output = new String(process.getInputStream().readAllBytes(), UTF_8);
    if (!process.waitFor(60, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new IOException("go " + String.join(" ", arguments) + " did not end: " + output);
    }
    return new Result(process.exitValue(), output);
  }
}
