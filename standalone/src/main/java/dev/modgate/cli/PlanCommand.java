package dev.modgate.cli;

import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;

@Command(
    name = "plan",
    description = "Shows what a sync would move: what is new, and what is inside already.",
    mixinStandardHelpOptions = true,
    footer = {"", "Example: modgate plan path/to/project"})
final class PlanCommand implements Callable<Integer> {
  @Parameters(
      paramLabel = "WHAT",
      arity = "1..*",
      description = "as for sync: project folder, go.mod, go.sum, go.work, module@version …")
  List<String> what = List.of();

  @Option(
      names = "--closure",
      description = "also walk the module graph where there is a go.sum, as go list -m all does")
  boolean closure;

  @Mixin Toolchains toolchains = new Toolchains();
  @Mixin ApiOptions api = new ApiOptions();
  @Mixin Options.Json json = new Options.Json();

  @Override
  public Integer call() {
    List<Project> projects = Project.of(what, toolchains);
    ArrayNode plans = JsonMapper.shared().createArrayNode();
    for (Project project : projects) {
      JsonNode plan = api.client().post("/api/v1/plans", project.request(closure));
      plans.add(plan);
      if (!json.on) {
        new PlanReport(System.out).plan(plan);
      }
    }
    if (json.on) {
      System.out.println(Output.json(plans.size() == 1 ? plans.get(0) : plans));
    }
    return ExitCode.DONE.code();
  }
}
