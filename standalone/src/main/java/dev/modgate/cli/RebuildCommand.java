package dev.modgate.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@Command(
    name = "rebuild",
    description =
        "Has the publisher tell again of all that is inside: for a watcher whose database was"
            + " lost.",
    mixinStandardHelpOptions = true,
    footer = {"", "`modgate status` counts what came back.", "Example: modgate rebuild"})
final class RebuildCommand implements Callable<Integer> {
  @Mixin ApiOptions api = new ApiOptions();
  @Mixin Options.Json json = new Options.Json();

  @Override
  public Integer call() {
    JsonNode taken = api.client().post("/api/v1/rebuild", JsonMapper.shared().createObjectNode());
    System.out.println(
        json.on
            ? Output.json(taken)
            : "the publisher is told; modgate status shows how many module versions are known");
    return ExitCode.DONE.code();
  }
}
