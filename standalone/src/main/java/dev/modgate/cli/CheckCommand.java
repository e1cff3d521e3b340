package dev.modgate.cli;

import dev.modgate.check.CheckReport;
import dev.modgate.check.Gateway;
import dev.modgate.check.GatewayCheck;
import dev.modgate.check.GatewayException;
import dev.modgate.check.Item;
import dev.modgate.check.Need;
import dev.modgate.gomod.gosum.GoSum;
import dev.modgate.gomod.gosum.GoSumLine;
import dev.modgate.gomod.graph.GraphDepth;
import dev.modgate.gomod.graph.GraphRoots;
import dev.modgate.gomod.graph.Requirements;
import dev.modgate.gomod.module.ModuleVersion;
import dev.modgate.gomod.quote.Plain;
import dev.modgate.gomod.quote.Quoted;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

@Command(
    name = "check",
    description =
        "Says whether all that a project needs is inside: the gate for CI. What is not, is listed"
            + " with the reason.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Exit codes: 0 all is inside, 1 something is missing or refused, 2 usage, 3 not reachable.",
      "With go.sum beside it, each of its lines is looked for; where it says nothing of what the",
      "go.mod requires, the module graph is walked too.",
      "Without --gateway the API is asked, which also says why something is not inside yet.",
      "Examples: modgate check .",
      "          modgate check . --gateway http://gateway.inner:8081",
      "          modgate check . --gateway http://gateway.inner:8081 --closure --toolchain"
    })
final class CheckCommand implements Callable<Integer> {
  @Parameters(
      paramLabel = "PROJECT",
      description = "project folder, or its go.mod, go.work or go.sum")
  String what = ".";

  @Option(
      names = "--gateway",
      paramLabel = "URL",
      description = "ask this gateway alone, as GOPROXY names it; for use inside the closed zone")
  @Nullable String gateway;

  @Option(
      names = "--closure",
      description = "also walk the module graph where there is a go.sum, as go list -m all does")
  boolean closure;

  @Mixin Toolchains toolchains = new Toolchains();
  @Mixin ApiOptions api = new ApiOptions();
  @Mixin Options.Json json = new Options.Json();

  @Override
  public Integer call() {
    return gateway == null ? overApi() : atGateway(address(gateway));
  }

  /// As the watcher knows it.
  private int overApi() {
    Project project = Project.of(List.of(what), toolchains).getFirst();
    JsonNode plan = api.client().post("/api/v1/plans", project.request(closure));
    if (json.on) {
      System.out.println(Output.json(plan));
    } else {
      new PlanReport(System.out).check(plan);
    }
    return (plan.path("ready").asBoolean(false) ? ExitCode.DONE : ExitCode.FAILED).code();
  }

  private int atGateway(URI address) {
    ProjectFiles project = ProjectFiles.of(what);
    var check = new GatewayCheck(new Gateway(address));
    check.need(items(project));
    List<String> unsummed = project.unsummed();
    try {
      if (closure || !unsummed.isEmpty()) {
        walk(project, check);
      }
      CheckReport report = check.report();
      if (!project.sums().isEmpty() && !unsummed.isEmpty() && !json.on) {
        System.out.println(
            "note: go.sum knows nothing of "
                + Output.count(unsummed.size(), "requirement")
                + ", such as "
                + Plain.of(unsummed.getFirst())
                + ": go will not build it before go mod tidy");
      }
      if (json.on) {
        System.out.println(Output.json(CheckPrinter.json(report, address)));
      } else {
        new CheckPrinter(System.out).print(report, address);
      }
      return (report.allInside() ? ExitCode.DONE : ExitCode.FAILED).code();
    } catch (GatewayException e) {
      throw CliException.notReachable(String.valueOf(e.getMessage()));
    }
  }

  private List<Item> items(ProjectFiles project) {
    var items = new ArrayList<Item>();
    for (Map.Entry<String, GoSum> sum : project.sums().entrySet()) {
      sum.getValue().lines().forEach(line -> items.add(item(line, sum.getKey())));
    }
    project.vendored().forEach(module -> items.add(zip(module, "vendor/modules.txt")));
    toolchains(project).forEach(module -> items.add(zip(module, "toolchain")));
    return items;
  }

  private List<ModuleVersion> toolchains(ProjectFiles project) {
    if (!toolchains.ofGoMod) {
      if (!toolchains.named.isEmpty()) {
        throw CliException.usage("--platform is about the toolchain; add --toolchain");
      }
      return List.of();
    }
    return project
        .work()
        .map(work -> toolchains.modules(work, "go.work"))
        .orElseGet(() ->
            project.members().values().stream()
                .flatMap(mod -> toolchains.modules(mod, "go.mod").stream())
                .toList());
  }

  private static Item item(GoSumLine line, String file) {
    return new Item(
        line.module(),
        line.goMod() ? Need.MOD : Need.ZIP,
        line.goMod() ? Optional.of(line.hash()) : Optional.empty(),
        file + ":" + line.number());
  }

  private static Item zip(ModuleVersion module, String where) {
    return new Item(module, Need.ZIP, Optional.empty(), where);
  }

  private void walk(ProjectFiles project, GatewayCheck check) throws GatewayException {
    if (project.members().isEmpty()) {
      return;
    }
    // without go.sum lines the next thing to be run is go mod tidy
    GraphDepth depth = project.unsummed().isEmpty() ? GraphDepth.BUILD : GraphDepth.TIDY;
    try {
      GraphRoots roots =
          project.work().isPresent()
              ? GraphRoots.of(project.work().get(), project.members())
              : GraphRoots.of(project.members().values().iterator().next());
      check.walk(
          roots.withFolders(folder -> project.replacement(folder).map(Requirements::of)),
          depth,
          project.work().isPresent() ? "go.work" : "go.mod");
    } catch (IllegalArgumentException e) {
      throw CliException.usage(Quoted.of(what) + ": " + e.getMessage());
    }
  }

  /// @throws CliException when it is no address, without repeating a password in it
  private static URI address(String text) {
    try {
      URI url = new URI(text.strip());
      boolean web = "http".equals(url.getScheme()) || "https".equals(url.getScheme());
      if (url.getRawUserInfo() != null) {
        throw CliException.usage("the address of --gateway holds a user name or a password");
      }
      if (web
          && url.getHost() != null
          && url.getRawQuery() == null
          && url.getRawFragment() == null) {
        return url;
      }
    } catch (URISyntaxException e) {
      // said below
    }
    throw CliException.usage(
        "--gateway "
            + (text.contains("@") ? "" : Quoted.of(text) + " ")
            + "is no address of a gateway, want http://HOST:PORT");
  }
}
