package dev.modgate.cli;

import java.time.Instant;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@Command(
    name = "scrub",
    description =
        "Shows how far the scrub is, which hashes all that is inside against its evidence and"
            + " repairs what is damaged.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Exit code 1 where something was found that is not mended.",
      "Example: modgate scrub --now"
    })
final class ScrubCommand implements Callable<Integer> {
  private static final String PATH = "/api/v1/scrub";
  private static final long POLL_MILLIS = 500;

  /// A publisher that lives begins within seconds.
  private static final int POLLS_TO_BEGIN = 60;

  @Option(names = "--now", description = "begin a pass now, and wait for its end")
  boolean now;

  @Mixin ApiOptions api = new ApiOptions();
  @Mixin Options.Json json = new Options.Json();

  @Override
  public Integer call() throws InterruptedException {
    ApiClient client = api.client();
    JsonNode view = now ? whole(client) : client.get(PATH);
    System.out.println(json.on ? Output.json(view) : ScrubReport.text(view));
    JsonNode last = view.path("last");
    boolean mended = last.path("found").asLong(0) == last.path("mended").asLong(0);
    return (mended ? ExitCode.DONE : ExitCode.FAILED).code();
  }

  private JsonNode whole(ApiClient client) throws InterruptedException {
    Instant asked =
        Instant.parse(
            client.post(PATH, JsonMapper.shared().createObjectNode()).path("at").asString(""));
    for (int polls = 0; ; polls++) {
      Thread.sleep(POLL_MILLIS);
      JsonNode view = client.get(PATH);
      if (!time(view.path("last").path("started")).isBefore(asked)) {
        return view;
      }
      boolean begun = !time(view.path("now").path("started")).isBefore(asked);
      if (!begun && polls > POLLS_TO_BEGIN) {
        throw CliException.notReachable(
            "no publisher began to scrub; `modgate status` shows which ones are running");
      }
    }
  }

  private static Instant time(JsonNode text) {
    return text.isMissingNode() ? Instant.MIN : Instant.parse(text.asString(""));
  }
}
