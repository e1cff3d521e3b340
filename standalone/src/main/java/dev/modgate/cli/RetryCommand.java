package dev.modgate.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

@Command(
    name = "retry",
    description = "Asks again for what a sync needs and is not inside.",
    mixinStandardHelpOptions = true,
    footer = {"", "Example: modgate retry 3f6e0c1a-…"})
final class RetryCommand implements Callable<Integer> {
  @Parameters(paramLabel = "SYNC", description = "its id, as status and sync --no-wait show it")
  String sync = "";

  @Mixin ApiOptions api = new ApiOptions();
  @Mixin Options.Json json = new Options.Json();

  @Override
  public Integer call() {
    JsonNode view = SyncIds.post(api.client(), sync, "retry");
    System.out.println(
        json.on
            ? Output.json(view)
            : "sync "
                + Output.text(view.path("id"))
                + " of "
                + Output.text(view.path("label"))
                + " is "
                + Output.text(view.path("state"))
                + ", "
                + view.path("counts").path("requested").asLong(0)
                + " asked for again");
    return ExitCode.DONE.code();
  }
}
