package dev.modgate.cli;

import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@Command(
    name = "resume",
    description =
        "Ends the pauses of stages: what is down is tried at once, and a burst of dead letters counts"
            + " as seen to. What is still down pauses again.",
    mixinStandardHelpOptions = true,
    footer = {"", "Example: modgate resume --stage fetch"})
final class ResumeCommand implements Callable<Integer> {
  @Option(
      names = "--stage",
      paramLabel = "STAGE",
      description = "fetch, verify or publish (default: all of them)")
  @Nullable String stage;

  @Mixin ApiOptions api = new ApiOptions();
  @Mixin Options.Json json = new Options.Json();

  @Override
  public Integer call() {
    String path = new Query("/api/v1/resume").with("stage", stage).toString();
    JsonNode taken = api.client().post(path, JsonMapper.shared().createObjectNode());
    System.out.println(
        json.on ? Output.json(taken) : "told; modgate status shows what pauses still");
    return ExitCode.DONE.code();
  }
}
