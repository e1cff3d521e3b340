package dev.modgate.cli;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@Command(
    name = "upstreams",
    description = "Where modules come from, and how each upstream is doing.",
    mixinStandardHelpOptions = true,
    subcommands = UpstreamsCommand.Probe.class,
    footer = {
      "",
      "AVAIL is a moving average of answered requests, P50 and P95 the time to an answer",
      "over the last ten minutes. FRESH: whether another upstream has newer versions.",
      "Exit code 1 where an upstream is down.",
      "Example: modgate upstreams --json"
    })
final class UpstreamsCommand implements Callable<Integer> {
  private static final String PATH = "/api/v1/upstreams";

  @Mixin ApiOptions api = new ApiOptions();
  @Mixin Options.Json json = new Options.Json();

  @Override
  public Integer call() {
    return show(api.client().get(PATH), json.on, _ -> false);
  }

  @Command(
      name = "probe",
      description = "Measures now: every upstream is asked for the latest version of some modules.",
      mixinStandardHelpOptions = true,
      footer = {
        "",
        "Each is asked of modules that it gave itself; one that gave none, of golang.org/x/mod.",
        "Exit code 1 where an upstream does not answer."
      })
  static final class Probe implements Callable<Integer> {
    private static final long POLL_MILLIS = 500;

    /// Three answers of at most ten seconds each, and the fetcher's next word.
    private static final int POLLS = 120;

    @Mixin ApiOptions api = new ApiOptions();
    @Mixin Options.Json json = new Options.Json();

    @Override
    public Integer call() throws InterruptedException {
      ApiClient client = api.client();
      Map<String, String> before = probes(client.get(PATH));
      var _ = client.post(PATH + "/probe", JsonMapper.shared().createObjectNode());
      for (int polls = 0; polls < POLLS; polls++) {
        Thread.sleep(POLL_MILLIS);
        JsonNode upstreams = client.get(PATH);
        Map<String, String> after = probes(upstreams);
        boolean all =
            after.entrySet().stream()
                .noneMatch(one -> one.getValue().equals(before.getOrDefault(one.getKey(), "")));
        if (all && !after.isEmpty()) {
          return show(upstreams, json.on, one -> !one.path("answered").asBoolean(false));
        }
      }
      throw CliException.notReachable(
          "no fetcher measured; `modgate status` shows which ones are running");
    }

    /// When each upstream of each fetcher was probed; blank where never.
    private static Map<String, String> probes(JsonNode upstreams) {
      Map<String, String> probes = new HashMap<>();
      for (JsonNode upstream : upstreams.path("upstreams")) {
        if (upstream.path("numbers").isObject()) {
          probes.put(
              upstream.path("instance").asString("") + " " + upstream.path("name").asString(""),
              upstream.path("numbers").path("probe").path("at").asString(""));
        }
      }
      return probes;
    }
  }

  private static int show(JsonNode upstreams, boolean json, Predicate<JsonNode> failed) {
    if (json) {
      System.out.println(Output.json(upstreams));
    } else {
      new UpstreamsReport(System.out, Table.screen()).print(upstreams);
    }
    boolean down =
        upstreams
            .path("upstreams")
            .valueStream()
            .anyMatch(upstream ->
                upstream.path("health").asString("").equals("down")
                    || (upstream.path("numbers").path("probe").isObject()
                        && failed.test(upstream.path("numbers").path("probe"))));
    return (down ? ExitCode.FAILED : ExitCode.DONE).code();
  }
}
