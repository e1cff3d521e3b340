package dev.modgate.cli;

import java.io.IOException;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;

@Command(
    name = "ledger",
    description =
        "Shows which repositories build with which module versions, whose they are, and what is"
            + " behind.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Example: modgate ledger --owner \"payments team\"",
      "Example: modgate ledger --module golang.org/x/... --csv > ledger.csv"
    })
final class LedgerCommand implements Callable<Integer> {
  private static final int PAGE = 1_000;

  @Option(names = "--source", paramLabel = "NAME", description = "of this source alone")
  @Nullable String source;

  @Option(names = "--owner", paramLabel = "TEAM", description = "of the sources of this owner")
  @Nullable String owner;

  @Option(
      names = "--label",
      paramLabel = "KEY[=VALUE]",
      description = "of the sources with this label")
  @Nullable String label;

  @Option(
      names = "--module",
      paramLabel = "MODULE[@VERSION]",
      description = "of this module alone; PATH/... also of all below it")
  @Nullable String module;

  @Option(
      names = "--all",
      description =
          "also what is not in use any more, and what the module graph needs the go.mod of")
  boolean all;

  @Option(names = "--csv", description = "print CSV for a spreadsheet")
  boolean csv;

  @Mixin ApiOptions api = new ApiOptions();
  @Mixin Options.Json json = new Options.Json();

  @Override
  public Integer call() {
    if (csv && json.on) {
      throw CliException.usage("--csv and --json: want one of them");
    }
    Query query =
        new Query("/api/v1/ledger")
            .with("source", source)
            .with("owner", owner)
            .with("label", label)
            .with("module", module)
            .with("in-use", all ? null : "true")
            .with("want", all ? null : "zip");
    if (csv) {
      return table(query.with("format", "csv"));
    }
    JsonNode answer = query.with("limit", PAGE).all(api.client(), "uses");
    if (json.on) {
      System.out.println(Output.json(answer));
    } else {
      new LedgerReport(System.out, Table.screen()).uses(answer.path("uses"));
    }
    return ExitCode.DONE.code();
  }

  private int table(Query query) {
    try {
      api.client().download(query.toString(), System.out);
      return ExitCode.DONE.code();
    } catch (IOException e) {
      throw CliException.failed("the table is not whole: " + e.getMessage());
    }
  }
}
