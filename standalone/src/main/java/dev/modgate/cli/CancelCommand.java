package dev.modgate.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

@Command(
    name = "cancel",
    description =
        "Ends a sync: what nobody else waits for is not asked for any more, what is on its way"
            + " comes inside.",
    mixinStandardHelpOptions = true,
    footer = {"", "Example: modgate cancel 3f6e0c1a-…"})
final class CancelCommand implements Callable<Integer> {
  @Parameters(paramLabel = "SYNC", description = "its id, as status and sync --no-wait show it")
  String sync = "";

  @Mixin ApiOptions api = new ApiOptions();
  @Mixin Options.Json json = new Options.Json();

  @Override
  public Integer call() {
    JsonNode view = SyncIds.post(api.client(), sync, "cancel");
    System.out.println(
        json.on
            ? Output.json(view)
            : "sync "
                + Output.text(view.path("id"))
                + " of "
                + Output.text(view.path("label"))
                + " is cancelled, "
                + view.path("counts").path("inside").asLong(0)
                + " of "
                + Output.count(view.path("counts").path("total").asLong(0), "module version")
                + " inside");
    return ExitCode.DONE.code();
  }
}
