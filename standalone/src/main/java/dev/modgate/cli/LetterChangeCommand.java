package dev.modgate.cli;

import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Changes dead letters, piece by piece until none of the chosen ones is left.
abstract sealed class LetterChangeCommand implements Callable<Integer> {
  private static final int AT_ONCE = 200;

  @ArgGroup(multiplicity = "1")
  Which which = new Which();

  @Option(
      names = "--by",
      paramLabel = "WHO",
      defaultValue = "${sys:user.name}",
      description = "who wants it, for those who ask later (default: ${DEFAULT-VALUE})")
  String by = "";

  @Mixin ApiOptions api = new ApiOptions();
  @Mixin Options.Json json = new Options.Json();

  /// One of the three.
  static final class Which {
    @Parameters(paramLabel = "ID", arity = "1..*", description = "letters by their numbers")
    List<String> ids = List.of();

    @Option(
        names = "--cause",
        paramLabel = "KEY",
        description = "all of a cause, as modgate dead-letters list names it")
    @Nullable String cause;

    @Option(names = "--all", description = "all that wait for somebody")
    boolean all;
  }

  private final String change;
  private final String done;

  private LetterChangeCommand(String change, String done) {
    this.change = change;
    this.done = done;
  }

  @Command(
      name = "retry",
      description = "Sends the records of dead letters again, the normal way.",
      mixinStandardHelpOptions = true,
      footer = {
        "",
        "Exit code 1 where one could not be sent again; it stays a letter.",
        "Example: modgate dead-letters retry --cause 1f2e3d4c5b6a"
      })
  static final class Retry extends LetterChangeCommand {
    Retry() {
      super("retry", "retried");
    }
  }

  @Command(
      name = "discard",
      description = "Takes dead letters for done with. Who did so and when is kept.",
      mixinStandardHelpOptions = true,
      footer = {"", "Example: modgate dead-letters discard 17 18 --by ada"})
  static final class Discard extends LetterChangeCommand {
    Discard() {
      super("discard", "discarded");
    }
  }

  @Override
  public Integer call() {
    ObjectNode sum = JsonMapper.shared().createObjectNode();
    for (String list : List.of("changed", "stays", "untouched")) {
      sum.putArray(list);
    }
    for (int from = 0; from == 0 || from < which.ids.size(); from += AT_ONCE) {
      ObjectNode request = JsonMapper.shared().createObjectNode();
      request.put("by", by);
      choose(request, from);
      work(request, sum);
    }
    if (json.on) {
      System.out.println(Output.json(sum));
    } else {
      new LetterReport(System.out).change(sum, done);
    }
    boolean well = sum.path("stays").isEmpty() && sum.path("untouched").isEmpty();
    return (well ? ExitCode.DONE : ExitCode.FAILED).code();
  }

  private void choose(ObjectNode request, int from) {
    if (which.all) {
      request.put("all", true);
    } else if (which.cause != null) {
      request.put("cause", which.cause);
    } else {
      ArrayNode ids = request.putArray("ids");
      which.ids.stream()
          .skip(from)
          .limit(AT_ONCE)
          .forEach(id -> ids.add(Long.parseLong(DeadLettersCommand.checked(id))));
    }
  }

  private void work(ObjectNode request, ObjectNode sum) {
    ApiClient client = api.client();
    boolean more = true;
    while (more) {
      JsonNode answer = client.post(DeadLettersCommand.API + "/" + change, request);
      sum.properties()
          .forEach(list -> answer.path(list.getKey()).forEach(((ArrayNode) list.getValue())::add));
      more = answer.path("next").isString();
      if (more) {
        request.put("after", answer.path("next").asString());
      }
    }
  }
}
