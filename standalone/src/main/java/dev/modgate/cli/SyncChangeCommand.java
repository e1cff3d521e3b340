package dev.modgate.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/// Does something to one sync, and says how it is then.
abstract sealed class SyncChangeCommand implements Callable<Integer> {
  @Parameters(paramLabel = "SYNC", description = "its id, as status and sync --no-wait show it")
  String sync = "";

  @Mixin ApiOptions api = new ApiOptions();
  @Mixin Options.Json json = new Options.Json();

  private final String change;

  private SyncChangeCommand(String change) {
    this.change = change;
  }

  /// What became of it, after its id.
  abstract String became(JsonNode sync);

  @Override
  public Integer call() {
    JsonNode view = SyncIds.post(api.client(), sync, change);
    System.out.println(
        json.on
            ? Output.json(view)
            : "sync " + Output.text(view.path("id")) + " of " + became(view));
    return ExitCode.DONE.code();
  }

  @Command(
      name = "cancel",
      description =
          "Ends a sync: what nobody else waits for is not asked for any more, what is on its way"
              + " comes inside.",
      mixinStandardHelpOptions = true,
      footer = {"", "Example: modgate cancel 3f6e0c1a-…"})
  static final class Cancel extends SyncChangeCommand {
    Cancel() {
      super("cancel");
    }

    @Override
    String became(JsonNode sync) {
      JsonNode counts = sync.path("counts");
      return Output.text(sync.path("label"))
          + " is cancelled, "
          + counts.path("inside").asLong(0)
          + " of "
          + Output.count(counts.path("total").asLong(0), "module version")
          + " inside";
    }
  }

  @Command(
      name = "retry",
      description = "Asks again for what a sync needs and is not inside.",
      mixinStandardHelpOptions = true,
      footer = {"", "Example: modgate retry 3f6e0c1a-…"})
  static final class Retry extends SyncChangeCommand {
    Retry() {
      super("retry");
    }

    @Override
    String became(JsonNode sync) {
      return Output.text(sync.path("label"))
          + " is "
          + Output.text(sync.path("state"))
          + ", "
          + sync.path("counts").path("requested").asLong(0)
          + " asked for again";
    }
  }
}
