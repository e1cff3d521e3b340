package dev.modgate.story;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// The `go` command in the closed zone: GOPROXY is the gateway alone, and its module cache is
/// empty.
final class RealGo {
  private final Path scratch;
  private final String goproxy;

  private RealGo(Path scratch, String goproxy) {
    this.scratch = scratch;
    this.goproxy = goproxy;
  }

  /// Skips the test where there is no `go` command.
  static RealGo behind(String goproxy, Path scratch) {
    assumeTrue(onPath(), "skipped: the go command is not on PATH");
    return new RealGo(scratch, goproxy);
  }

  static boolean onPath() {
    for (String folder : System.getenv().getOrDefault("PATH", "").split(":", -1)) {
      if (Files.isExecutable(Path.of(folder, "go"))) {
        return true;
      }
    }
    return false;
  }

  JavaProcess.Result run(Path folder, String... args) throws IOException, InterruptedException {
    var command = new ArrayList<>(List.of("go"));
    command.addAll(List.of(args));
    Path output = Files.createTempFile(scratch, "go-", ".log");
    var builder =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile());
    var environment = builder.environment();
    environment.put("GOPROXY", goproxy);
    environment.put("GOMODCACHE", scratch.resolve("modcache").toString());
    environment.put("GOFLAGS", "-mod=mod -modcacherw");
    environment.put("GOTOOLCHAIN", "local");
    // whatever a go.sum does not prove is asked of the checksum database: at a closed port
    environment.put("GOSUMDB", "sum.golang.org https://127.0.0.1:1");
    Process process = builder.start();
    if (!process.waitFor(Site.LIMIT.toSeconds(), TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new AssertionError("go did not end:\n" + Files.readString(output));
    }
    return new JavaProcess.Result(process.exitValue(), Files.readString(output));
  }
}
