package dev.modgate.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import tools.jackson.databind.JsonNode;

@Command(
    name = "status",
    description = "Shows stages, lag, upstreams and counts.",
    mixinStandardHelpOptions = true,
    footer = {"", "Example: modgate status --json"})
final class StatusCommand implements Callable<Integer> {
  @Mixin ApiOptions api = new ApiOptions();
  @Mixin Options.Json json = new Options.Json();

  @Override
  public Integer call() {
    JsonNode status = api.client().get("/api/v1/status");
    if (json.on) {
      System.out.println(Output.json(status));
    } else {
      new StatusReport(System.out).print(status);
    }
    return ExitCode.DONE.code();
  }
}
