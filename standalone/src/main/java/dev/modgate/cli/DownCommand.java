package dev.modgate.cli;

import dev.modgate.standalone.DataFolder;
import dev.modgate.standalone.RunInfo;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
    name = "down",
    description = "Stops the Modgate of the data folder; what is in flight is finished or kept.",
    mixinStandardHelpOptions = true,
    footer = {"", "Example: modgate down --data /srv/modgate"})
final class DownCommand implements Callable<Integer> {
  private static final Duration LIMIT = Duration.ofSeconds(60);

  @Mixin Options.Data data = new Options.Data();
  @Mixin Options.Json json = new Options.Json();

  @Override
  public Integer call() {
    Optional<RunInfo> run = DataFolder.running(data.folder);
    if (run.isEmpty()) {
      say(false, "no Modgate runs in \"" + data.folder + "\"");
      return ExitCode.DONE.code();
    }
    ProcessHandle.of(run.get().pid()).ifPresent(ProcessHandle::destroy);
    Instant deadline = Instant.now().plus(LIMIT);
    while (DataFolder.running(data.folder).isPresent()) {
      if (Instant.now().isAfter(deadline)) {
        throw CliException.failed(
            "process " + run.get().pid() + " did not stop within " + LIMIT.toSeconds() + " s");
      }
      Background.pause(Duration.ofMillis(50));
    }
    say(true, "Modgate is down (process " + run.get().pid() + ")");
    return ExitCode.DONE.code();
  }

  private void say(boolean stopped, String sentence) {
    System.out.println(json.on ? Output.json(Map.of("stopped", stopped)) : Output.lines(sentence));
  }
}
