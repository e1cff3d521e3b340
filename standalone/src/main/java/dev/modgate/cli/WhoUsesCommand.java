package dev.modgate.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

@Command(
    name = "who-uses",
    description = "Shows which repositories need a module, or one version of it.",
    mixinStandardHelpOptions = true,
    footer = {"", "Example: modgate who-uses golang.org/x/crypto@v0.17.0"})
final class WhoUsesCommand implements Callable<Integer> {
  @Parameters(paramLabel = "MODULE[@VERSION]")
  String module = "";

  @Option(names = "--all", description = "also those that need it no more")
  boolean all;

  @Mixin ApiOptions api = new ApiOptions();
  @Mixin Options.Json json = new Options.Json();

  @Override
  public Integer call() {
    JsonNode answer =
        new Query("/api/v1/ledger/users")
            .with("module", module)
            .with("in-use", all ? "any" : null)
            .all(api.client(), "uses");
    if (json.on) {
      System.out.println(Output.json(answer));
    } else if (answer.path("uses").isEmpty()) {
      System.out.println(
          "no source " + (all ? "ever needed " : "needs ") + module + ", as far as it was seen");
    } else {
      new LedgerReport(System.out, Table.screen()).users(answer.path("uses"));
    }
    return ExitCode.DONE.code();
  }
}
