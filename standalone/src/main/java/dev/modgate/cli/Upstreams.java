package dev.modgate.cli;

import dev.modgate.standalone.UpstreamChoice;
import dev.modgate.start.StartException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/// Where the upstreams come from: the option, else `GOPROXY`, else what the `go` command would use,
/// else the public mirror.
final class Upstreams {
  private static final String PUBLIC_MIRROR = "https://proxy.golang.org";

  private Upstreams() {}

  /// Says aloud on standard error what it leaves out.
  ///
  /// @throws CliException when the list can't be used
  static UpstreamChoice choose(Options.Start start) {
    Found found = find(start);
    try {
      UpstreamChoice choice = UpstreamChoice.of(found.list, found.source, start.gatewayPort);
      choice.notes().forEach(note -> System.err.println("note: " + Output.lines(note)));
      return choice;
    } catch (StartException e) {
      throw CliException.usage(String.valueOf(e.getMessage()));
    }
  }

  private record Found(String list, String source) {}

  private static Found find(Options.Start start) {
    if (start.upstream != null && !start.upstream.isBlank()) {
      return new Found(start.upstream, "--upstream");
    }
    String handedOn = System.getenv(Background.UPSTREAM);
    if (handedOn != null && !handedOn.isBlank()) {
      return new Found(handedOn, Background.UPSTREAM);
    }
    String environment = System.getenv("GOPROXY");
    if (environment != null && !environment.isBlank()) {
      return new Found(environment, "GOPROXY");
    }
    return goEnv()
        .map(list -> new Found(list, "go env GOPROXY"))
        .orElse(new Found(PUBLIC_MIRROR, "the default"));
  }

  private static Optional<String> goEnv() {
    try {
      Process go =
          new ProcessBuilder("go", "env", "GOPROXY")
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      if (!go.waitFor(10, TimeUnit.SECONDS)) {
        go.destroyForcibly();
        return Optional.empty();
      }
      String list =
          new String(go.getInputStream().readNBytes(4096), StandardCharsets.UTF_8).strip();
      return go.exitValue() == 0 && !list.isEmpty() ? Optional.of(list) : Optional.empty();
    } catch (IOException e) {
      return Optional.empty(); // go is not installed here
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }
}
