package dev.modgate.cli;

import dev.modgate.gomod.quote.Plain;
import dev.modgate.standalone.RunInfo;
import dev.modgate.standalone.Standalone;
import dev.modgate.standalone.StandaloneSettings;
import dev.modgate.standalone.UpstreamChoice;
import dev.modgate.start.StartException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "up",
    description = "Starts everything on this machine, and stays until Ctrl-C or modgate down.",
    mixinStandardHelpOptions = true,
    footer = {"", "Example: modgate up --data /srv/modgate --upstream https://proxy.example.com"})
final class UpCommand implements Callable<Integer> {
  @Mixin Options.Data data = new Options.Data();
  @Mixin Options.Start start = new Options.Start();
  @Mixin Options.Json json = new Options.Json();

  @Option(
      names = {"-d", "--detach"},
      description = "start in the background and return when it is ready")
  boolean detach;

  @Override
  public Integer call() throws Exception {
    UpstreamChoice upstreams = Upstreams.choose(start);
    if (detach) {
      RunInfo run = Background.start(data.folder.toAbsolutePath(), start, upstreams.list());
      report(run);
      return ExitCode.DONE.code();
    }
    var settings =
        new StandaloneSettings(
            data.folder.toAbsolutePath(),
            start.port,
            start.gatewayPort,
            start.kafkaPort,
            upstreams.list(),
            upstreams.shown(),
            start.tokenFile,
            start.sumdb);
    try (Standalone standalone = Standalone.start(settings)) {
      report(standalone.info());
      standalone.awaitEnd();
    } catch (StartException e) {
      throw CliException.failed(
          e.problems().size() == 1
              ? e.problems().getFirst()
              : "can't start:\n  " + String.join("\n  ", e.problems()));
    }
    return ExitCode.DONE.code();
  }

  private void report(RunInfo run) {
    if (json.on) {
      System.out.println(Output.json(run));
      return;
    }
    System.out.println(
        "Modgate is up: API "
            + run.api()
            + ", GOPROXY="
            + run.gateway()
            + ", upstream "
            + Plain.of(run.upstreams())
            + ", checksum database "
            + Plain.of(String.valueOf(run.sumdb())));
    Output.warnings(run).forEach(System.out::println);
    System.out.flush();
  }
}
