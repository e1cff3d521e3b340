package dev.modgate.cli;

import dev.modgate.gomod.module.ModulePath;
import dev.modgate.gomod.module.ModuleVersion;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

@Command(
    name = "show",
    description = "Shows what is known of a module, or the timeline and evidence of one version.",
    mixinStandardHelpOptions = true,
    footer = {"", "Example: modgate show golang.org/x/text@v0.14.0"})
final class ShowCommand implements Callable<Integer> {
  @Parameters(paramLabel = "MODULE[@VERSION]")
  String what = "";

  @Mixin ApiOptions api = new ApiOptions();
  @Mixin Options.Json json = new Options.Json();

  @Override
  public Integer call() {
    JsonNode answer = api.client().get(path());
    if (json.on) {
      System.out.println(Output.json(answer));
    } else if (what.contains("@")) {
      new ShowReport(System.out).version(answer);
    } else {
      new ShowReport(System.out).module(answer);
    }
    return ExitCode.DONE.code();
  }

  private String path() {
    try {
      if (!what.contains("@")) {
        return "/api/v1/modules/" + new ModulePath(what);
      }
      ModuleVersion module = ModuleVersion.parse(what);
      return "/api/v1/modules/" + module.path() + "/versions/" + module.version();
    } catch (IllegalArgumentException e) {
      throw CliException.usage(String.valueOf(e.getMessage()));
    }
  }
}
