package dev.modgate.cli;

import dev.modgate.standalone.DataFolder;
import dev.modgate.standalone.RunInfo;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "down",
    description =
        "Stops the Modgate of the data folder; what is in flight is finished or kept. One that does"
            + " not stop in time is killed, which loses nothing either.",
    mixinStandardHelpOptions = true,
    footer = {"", "Example: modgate down --data /srv/modgate"})
final class DownCommand implements Callable<Integer> {
  private static final Duration KILLED_WITHIN = Duration.ofSeconds(10);

  @Option(
      names = "--timeout",
      paramLabel = "SECONDS",
      defaultValue = "60",
      description = "how long it may take before it is killed (default: ${DEFAULT-VALUE})")
  int timeout;

  @Mixin Options.Data data = new Options.Data();
  @Mixin Options.Json json = new Options.Json();

  @Override
  public Integer call() {
    Optional<RunInfo> run = DataFolder.running(data.folder);
    if (run.isEmpty()) {
      if (DataFolder.isHeld(data.folder)) {
        throw CliException.failed(
            "the Modgate in \"" + data.folder + "\" is just starting or ending; try again");
      }
      say(false, false, "no Modgate runs in \"" + data.folder + "\"");
      return ExitCode.DONE.code();
    }
    long pid = run.get().pid();
    Optional<ProcessHandle> process = ProcessHandle.of(pid);
    process.ifPresent(ProcessHandle::destroy);
    if (isReleased(Duration.ofSeconds(timeout))) {
      say(true, false, "Modgate is down (process " + pid + ")");
      return ExitCode.DONE.code();
    }
    process.ifPresent(ProcessHandle::destroyForcibly);
    if (!isReleased(KILLED_WITHIN)) {
      throw CliException.failed(
          "process "
              + pid
              + " neither stopped within "
              + timeout
              + " s nor ended when it was killed; data folder \""
              + data.folder
              + "\" is still held");
    }
    say(
        true,
        true,
        "Modgate did not stop within "
            + timeout
            + " s and was killed (process "
            + pid
            + "); nothing is lost: what was in flight is done again at the next start");
    return ExitCode.DONE.code();
  }

  private boolean isReleased(Duration within) {
    long start = System.nanoTime();
    while (DataFolder.isHeld(data.folder)) {
      if (System.nanoTime() - start > within.toNanos()) {
        return false;
      }
      Background.pause(Duration.ofMillis(50));
    }
    return true;
  }

  private void say(boolean stopped, boolean killed, String sentence) {
    System.out.println(
        json.on
            ? Output.json(Map.of("stopped", stopped, "killed", killed))
            : Output.lines(sentence));
  }
}
