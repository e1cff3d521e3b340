package dev.modgate.cli;

import dev.modgate.gomod.quote.Quoted;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

@Command(
    name = "dead-letters",
    description = "What could not be read, or broke the code of a stage, and the way back.",
    mixinStandardHelpOptions = true,
    subcommands = {
      DeadLettersCommand.List.class,
      DeadLettersCommand.Show.class,
      LetterChangeCommand.Retry.class,
      LetterChangeCommand.Discard.class
    })
final class DeadLettersCommand {
  static final String API = "/api/v1/dead-letters";

  private DeadLettersCommand() {}

  @Command(
      name = "list",
      description = "Lists dead letters by cause, or one by one.",
      mixinStandardHelpOptions = true,
      footer = {
        "",
        "Exit code 1 where letters wait for somebody.",
        "Example: modgate dead-letters list --cause 1f2e3d4c5b6a"
      })
  static final class List implements Callable<Integer> {
    @Option(names = "--cause", paramLabel = "KEY", description = "one by one, those of a cause")
    @Nullable String cause;

    @Option(
        names = "--stage",
        paramLabel = "STAGE",
        description = "one by one, those of fetch, verify, publish or watcher")
    @Nullable String stage;

    @Option(
        names = "--state",
        paramLabel = "STATE",
        description = "one by one, those that are letter, retried or discarded")
    @Nullable String state;

    @Option(names = "--each", description = "one by one, whatever the cause")
    boolean each;

    @Option(
        names = "--limit",
        paramLabel = "N",
        defaultValue = "50",
        description = "the newest N, at most 200 (default: ${DEFAULT-VALUE})")
    int limit;

    @Mixin ApiOptions api = new ApiOptions();
    @Mixin Options.Json json = new Options.Json();

    @Override
    public Integer call() {
      return each || cause != null || stage != null || state != null ? oneByOne() : byCause();
    }

    private int byCause() {
      JsonNode causes = api.client().get(API + "/causes");
      print(causes, () -> new LetterReport(System.out).causes(causes));
      return code(causes.valueStream().anyMatch(cause -> cause.path("open").asLong(0) > 0));
    }

    private int oneByOne() {
      String query =
          new Query(API)
              .with("cause", cause)
              .with("stage", stage)
              .with("state", state)
              .with("limit", limit)
              .toString();
      JsonNode page = api.client().get(query);
      print(page, () -> new LetterReport(System.out).letters(page));
      return code(
          page.path("letters")
              .valueStream()
              .anyMatch(letter -> letter.path("state").asString("").equals("letter")));
    }

    private void print(JsonNode answer, Runnable report) {
      if (json.on) {
        System.out.println(Output.json(answer));
      } else {
        report.run();
      }
    }

    private static int code(boolean open) {
      return (open ? ExitCode.FAILED : ExitCode.DONE).code();
    }
  }

  @Command(
      name = "show",
      description =
          "Shows a dead letter: its cause with the stack, and what the record begins with.",
      mixinStandardHelpOptions = true)
  static final class Show implements Callable<Integer> {
    @Parameters(paramLabel = "ID", description = "the letter's number")
    String id = "";

    @Mixin ApiOptions api = new ApiOptions();
    @Mixin Options.Json json = new Options.Json();

    @Override
    public Integer call() {
      JsonNode letter = api.client().get(API + "/" + checked(id));
      if (json.on) {
        System.out.println(Output.json(letter));
      } else {
        new LetterReport(System.out).letter(letter);
      }
      return ExitCode.DONE.code();
    }
  }

  static String checked(String id) {
    if (!id.matches("[0-9]{1,18}")) {
      throw CliException.usage("dead letter " + Quoted.of(id) + ": want its number");
    }
    return id;
  }
}
