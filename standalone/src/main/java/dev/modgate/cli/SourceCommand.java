package dev.modgate.cli;

import dev.modgate.gomod.quote.Quoted;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@Command(
    name = "source",
    description = "Repositories whose pushes say what is to be brought inside.",
    mixinStandardHelpOptions = true,
    subcommands = {
      SourceAddCommand.class,
      SourceCommand.List.class,
      SourceCommand.Show.class,
      SourceCommand.Test.class,
      SourceCommand.Sync.class,
      SourceCommand.Import.class,
      SourceCommand.Remove.class
    })
final class SourceCommand {
  private SourceCommand() {}

  /// Which source.
  static final class Name {
    @Parameters(paramLabel = "NAME", description = "the source's name")
    String value = "";

    /// @throws CliException when no source can have it
    String path() {
      return "/api/v1/sources/" + checked(value);
    }
  }

  static String checked(String name) {
    if (!name.matches("[a-z0-9][a-z0-9-]{0,62}")) {
      throw CliException.usage(
          "source " + Quoted.of(name) + ": want at most 63 of a-z, 0-9 and \"-\"");
    }
    return name;
  }

  @Command(
      name = "list",
      description = "Lists the sources, with what was last found.",
      mixinStandardHelpOptions = true)
  static final class List implements Callable<Integer> {
    @Mixin ApiOptions api = new ApiOptions();
    @Mixin Options.Json json = new Options.Json();

    @Override
    public Integer call() {
      JsonNode sources = api.client().get("/api/v1/sources");
      if (json.on) {
        System.out.println(Output.json(sources));
      } else {
        new SourceReport(System.out).list(sources);
      }
      return ExitCode.DONE.code();
    }
  }

  @Command(
      name = "show",
      description = "Shows a source: what it is, its newest commits, what was changed.",
      mixinStandardHelpOptions = true,
      footer = {"", "Example: modgate source show payments"})
  static final class Show implements Callable<Integer> {
    @Mixin Name name = new Name();
    @Mixin ApiOptions api = new ApiOptions();
    @Mixin Options.Json json = new Options.Json();

    @Override
    public Integer call() {
      ApiClient client = api.client();
      var shown = JsonMapper.shared().createObjectNode();
      JsonNode source = client.get(name.path());
      shown.set("source", source);
      shown.set("health", client.get(name.path() + "/health"));
      if (source.path("definition").path("group").isString()) {
        shown.set("group", client.get(name.path() + "/group"));
      }
      shown.set("ticks", client.get(name.path() + "/ticks"));
      shown.set("commits", client.get(name.path() + "/commits?limit=10"));
      shown.set("history", client.get(name.path() + "/history"));
      if (json.on) {
        System.out.println(Output.json(shown));
      } else {
        new SourceReport(System.out).show(shown);
      }
      return ExitCode.DONE.code();
    }
  }

  @Command(
      name = "test",
      description =
          "Tries a source: secrets, host keys, refs, a commit, the host's API. Changes nothing.",
      mixinStandardHelpOptions = true,
      footer = {"", "Exit code 1 where something does not work."})
  static final class Test implements Callable<Integer> {
    @Mixin Name name = new Name();
    @Mixin ApiOptions api = new ApiOptions();
    @Mixin Options.Json json = new Options.Json();

    @Override
    public Integer call() {
      JsonNode steps =
          api.client().post(name.path() + "/test", JsonMapper.shared().createObjectNode());
      if (json.on) {
        System.out.println(Output.json(steps));
      } else {
        new SourceReport(System.out).steps(steps);
      }
      boolean well = steps.valueStream().allMatch(step -> step.path("ok").asBoolean(false));
      return (well ? ExitCode.DONE : ExitCode.FAILED).code();
    }
  }

  @Command(
      name = "sync",
      description = "Reads a branch or tag of a source now, as a push would.",
      mixinStandardHelpOptions = true,
      footer = {"", "Example: modgate source sync payments --ref refs/heads/main"})
  static final class Sync implements Callable<Integer> {
    @Mixin Name name = new Name();

    @Option(
        names = "--ref",
        paramLabel = "REF",
        defaultValue = "refs/heads/main",
        description = "full name of a branch or tag (default: ${DEFAULT-VALUE})")
    String ref = "";

    @Option(
        names = "--repository",
        paramLabel = "NAME",
        description = "which repository, where the source is a group")
    @org.jspecify.annotations.Nullable
    String repository;

    @Mixin ApiOptions api = new ApiOptions();
    @Mixin Options.Json json = new Options.Json();

    @Override
    public Integer call() {
      var body = JsonMapper.shared().createObjectNode().put("ref", ref);
      if (repository != null) {
        body.put("repository", repository);
      }
      JsonNode taken = api.client().post(name.path() + "/commits", body);
      System.out.println(
          json.on
              ? Output.json(taken)
              : ref
                  + " is being read"
                  + (taken.path("coalesced").asBoolean(false) ? " with what waited already" : "")
                  + "; what comes of it: modgate source show "
                  + name.value);
      return ExitCode.DONE.code();
    }
  }

  @Command(
      name = "import",
      description = "Begins the first import of a group, whose size \"source show\" says.",
      mixinStandardHelpOptions = true)
  static final class Import implements Callable<Integer> {
    @Mixin Name name = new Name();
    @Mixin ApiOptions api = new ApiOptions();
    @Mixin Options.Json json = new Options.Json();

    @Override
    public Integer call() {
      JsonNode group =
          api.client().post(name.path() + "/import", JsonMapper.shared().createObjectNode());
      if (json.on) {
        System.out.println(Output.json(group));
      } else {
        System.out.println("the repositories of " + name.value + " join now");
      }
      return ExitCode.DONE.code();
    }
  }

  @Command(
      name = "remove",
      description = "Removes a source. What its commits brought inside stays there.",
      mixinStandardHelpOptions = true)
  static final class Remove implements Callable<Integer> {
    @Mixin Name name = new Name();
    @Mixin ApiOptions api = new ApiOptions();

    @Override
    public Integer call() {
      api.client().delete(name.path());
      System.out.println(name.value + " is no source any more; what came inside stays");
      return ExitCode.DONE.code();
    }
  }
}
