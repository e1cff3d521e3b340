package dev.modgate.cli;

import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;

@Command(
    name = "drift",
    description = "Shows modules that different repositories build with at different versions.",
    mixinStandardHelpOptions = true,
    footer = {"", "Example: modgate drift --owner \"payments team\""})
final class DriftCommand implements Callable<Integer> {
  @Option(names = "--owner", paramLabel = "TEAM", description = "among the sources of this owner")
  @Nullable String owner;

  @Mixin ApiOptions api = new ApiOptions();
  @Mixin Options.Json json = new Options.Json();

  @Override
  public Integer call() {
    JsonNode answer =
        new Query("/api/v1/ledger/drift").with("owner", owner).all(api.client(), "drift");
    if (json.on) {
      System.out.println(Output.json(answer));
    } else {
      new LedgerReport(System.out, Table.screen()).drift(answer.path("drift"));
    }
    return ExitCode.DONE.code();
  }
}
