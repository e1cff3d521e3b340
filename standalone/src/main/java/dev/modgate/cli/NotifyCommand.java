package dev.modgate.cli;

import dev.modgate.gomod.quote.Quoted;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@Command(
    name = "notify",
    description = "Who is told of syncs that end, refused modules and security events.",
    mixinStandardHelpOptions = true,
    subcommands = {NotifyCommand.List.class, NotifyCommand.Test.class})
final class NotifyCommand {
  private NotifyCommand() {}

  @Command(
      name = "list",
      description = "Lists the channels, with what waits and what went wrong.",
      mixinStandardHelpOptions = true,
      footer = {"", "Exit code 1 where a channel fails."})
  static final class List implements Callable<Integer> {
    @Mixin ApiOptions api = new ApiOptions();
    @Mixin Options.Json json = new Options.Json();

    @Override
    public Integer call() {
      JsonNode all = api.client().get("/api/v1/notifications");
      if (json.on) {
        System.out.println(Output.json(all));
      } else {
        new NotifyReport(System.out).list(all);
      }
      boolean well =
          all.path("channels")
              .valueStream()
              .allMatch(channel -> channel.path("state").asString("").equals("ok"));
      return (well ? ExitCode.DONE : ExitCode.FAILED).code();
    }
  }

  @Command(
      name = "test",
      description = "Sends a test message to a channel, and says what its receiver answered.",
      mixinStandardHelpOptions = true,
      footer = {
        "",
        "A test that is taken opens a channel again whose receiver wanted nothing any more.",
        "Exit code 1 where it is not taken.",
        "Example: modgate notify test ops"
      })
  static final class Test implements Callable<Integer> {
    @Parameters(paramLabel = "CHANNEL", description = "the channel's name")
    String channel = "";

    @Mixin ApiOptions api = new ApiOptions();
    @Mixin Options.Json json = new Options.Json();

    @Override
    public Integer call() {
      if (!channel.matches("[a-z0-9][a-z0-9-]{0,62}")) {
        throw CliException.usage(
            "channel " + Quoted.of(channel) + ": want at most 63 of a-z, 0-9 and \"-\"");
      }
      JsonNode tried =
          api.client()
              .post(
                  "/api/v1/notifications/" + channel + "/test",
                  JsonMapper.shared().createObjectNode());
      boolean ok = tried.path("ok").asBoolean(false);
      if (json.on) {
        System.out.println(Output.json(tried));
      } else {
        System.out.println(
            (ok ? "ok      " : "FAILED  ") + channel + ": " + Output.text(tried.path("sentence")));
      }
      return (ok ? ExitCode.DONE : ExitCode.FAILED).code();
    }
  }
}
