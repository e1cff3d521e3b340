package dev.modgate.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import tools.jackson.databind.JsonNode;

@Command(
    name = "upstreams",
    description = "Where modules come from, and how each upstream is doing.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "AVAIL is a moving average of answered requests, P50 and P95 the time to an answer",
      "over the last ten minutes. FRESH: whether another upstream has newer versions.",
      "Exit code 1 where an upstream is down.",
      "Example: modgate upstreams --json"
    })
final class UpstreamsCommand implements Callable<Integer> {
  @Mixin ApiOptions api = new ApiOptions();
  @Mixin Options.Json json = new Options.Json();

  @Override
  public Integer call() {
    return show(api.client().get("/api/v1/upstreams"), json.on);
  }

  static int show(JsonNode upstreams, boolean json) {
    if (json) {
      System.out.println(Output.json(upstreams));
    } else {
      new UpstreamsReport(System.out, Table.screen()).print(upstreams);
    }
    boolean down =
        upstreams
            .path("upstreams")
            .valueStream()
            .anyMatch(upstream -> upstream.path("health").asString("").equals("down"));
    return (down ? ExitCode.FAILED : ExitCode.DONE).code();
  }
}
