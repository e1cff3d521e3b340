package dev.modgate.story;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.modgate.testsupport.SyntheticModule;
import java.io.IOException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// A developer's `go` inside, with nothing set but GOPROXY and the key of the checksum database;
/// every other way out is closed.
final class InnerGo {
  private final Path home;
  private final Map<String, String> environment = new TreeMap<>();

  /// Skips the test where there is no `go` command.
  InnerGo(Path home, String goproxy, String gosumdb) throws IOException {
    assumeTrue(RealGo.onPath(), "skipped: the go command is not on PATH");
    this.home = Files.createDirectories(home);
    environment.put("PATH", System.getenv().getOrDefault("PATH", ""));
    environment.put("HOME", home.toString());
    environment.put("GOPATH", home.resolve("go").toString());
    environment.put("GOENV", "off");
    environment.put("GOTOOLCHAIN", "local");
    environment.put("GOTELEMETRY", "off");
    environment.put("GOFLAGS", "-modcacherw");
    environment.put("GOPROXY", goproxy);
    environment.put("GOSUMDB", gosumdb);
    environment.put("HTTPS_PROXY", "http://127.0.0.1:1"); // the database's own host, say
  }

  InnerGo with(String name, String value) {
    environment.put(name, value);
    return this;
  }

  /// `go mod download`, outside of any project: there is no go.sum.
  JavaProcess.Result download(SyntheticModule... modules) throws IOException, InterruptedException {
    var args = new ArrayList<>(List.of("mod", "download"));
    for (SyntheticModule module : modules) {
      args.add(module.module().toString());
    }
    return run(args);
  }

  JavaProcess.Result run(String... args) throws IOException, InterruptedException {
    return run(List.of(args));
  }

  /// What is kept of modules and of the database's answers is gone; what is remembered stays.
  InnerGo wipeModuleCache() throws IOException {
    delete(home.resolve("go/pkg/mod"));
    return this;
  }

  /// What the remedy says: the remembered tree is gone.
  InnerGo forgetDatabase(String name) throws IOException {
    delete(home.resolve("go/pkg/sumdb").resolve(name));
    return this;
  }

  /// The head that `go` remembers.
  Path remembered(String name) {
    return home.resolve("go/pkg/sumdb").resolve(name).resolve("latest");
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> paths = Files.walk(folder, new FileVisitOption[0])) {
      for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }

  private JavaProcess.Result run(List<String> args) throws IOException, InterruptedException {
    var command = new ArrayList<>(List.of("go"));
    command.addAll(args);
    Path output = Files.createTempFile(home, "go-", ".log");
    var builder =
        new ProcessBuilder(command)
            .directory(home.toFile())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile());
    builder.environment().clear();
    builder.environment().putAll(environment);
    Process process = builder.start();
    if (!process.waitFor(Site.LIMIT.toSeconds(), TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new AssertionError("go did not end:\n" + Files.readString(output));
    }
    return new JavaProcess.Result(process.exitValue(), Files.readString(output));
  }
}
