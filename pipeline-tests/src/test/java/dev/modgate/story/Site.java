package dev.modgate.story;

import dev.modgate.cli.Main;
import dev.modgate.standalone.DataFolder;
import dev.modgate.standalone.RunInfo;
import dev.modgate.testsupport.FakeSumDb;
import dev.modgate.testsupport.FakeUpstream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// A machine with Modgate on it, used as a person would: by its command line.
final class Site implements AutoCloseable {
  static final Duration LIMIT = Duration.ofMinutes(3);

  private final Path folder;
  private final String upstream;

  private final Map<String, String> environment;

  private Site(Path folder, String upstream, Map<String, String> environment) {
    this.folder = folder;
    this.upstream = upstream;
    this.environment = environment;
  }

  /// No checksum database is asked.
  static Site of(Path folder, String upstream) {
    return new Site(folder, upstream, Map.of());
  }

  /// This database is asked, through the upstream.
  static Site of(Path folder, FakeUpstream upstream, FakeSumDb database) {
    return new Site(
        folder, upstream.goproxyUrl(), Map.of("MODGATE_SUMDB_DATABASE", database.key().toString()));
  }

  /// The same, with a variable more.
  Site with(String name, String value) {
    Map<String, String> more = new HashMap<>(environment);
    more.put(name, value);
    return new Site(folder, upstream, more);
  }

  /// `modgate ARGS`, in the site's folder.
  JavaProcess.Result modgate(String... args) throws InterruptedException {
    return modgate(environment, args);
  }

  JavaProcess.Result modgate(Map<String, String> environment, String... args)
      throws InterruptedException {
    try (JavaProcess process = JavaProcess.main(Main.class, folder, environment, List.of(args))) {
      return process.await(LIMIT);
    }
  }

  /// `modgate sync WHAT`, which starts Modgate here where it does not run.
  JavaProcess.Result sync(String... what) throws InterruptedException {
    try (JavaProcess process = startSync(what)) {
      return process.await(LIMIT);
    }
  }

  /// The same, under way.
  JavaProcess startSync(String... what) {
    var args = new ArrayList<>(List.of("sync"));
    args.addAll(List.of("--upstream", upstream, "--port", "0", "--gateway-port", "0"));
    args.addAll(List.of(what));
    return JavaProcess.main(Main.class, folder, environment, args);
  }

  RunInfo run() {
    return DataFolder.running(data()).orElseThrow();
  }

  String gateway() {
    return run().gateway();
  }

  Path data() {
    return folder.resolve("data");
  }

  /// The zone store's folder.
  Path inner() {
    return data().resolve("inner");
  }

  /// A project's folder with a go.sum and, where it is to be built, a go.mod and a program.
  Path project(String name, String goMod, String goSum, String program) throws IOException {
    Path project = Files.createDirectories(folder.resolve(name));
    Files.writeString(project.resolve("go.mod"), goMod);
    Files.writeString(project.resolve("go.sum"), goSum);
    Files.writeString(project.resolve("main.go"), program);
    return project;
  }

  @Override
  public void close() {
    try {
      modgate("down");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    DataFolder.running(data())
        .flatMap(run -> ProcessHandle.of(run.pid()))
        .ifPresent(ProcessHandle::destroyForcibly);
  }
}
