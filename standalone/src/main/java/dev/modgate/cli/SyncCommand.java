package dev.modgate.cli;

import dev.modgate.gomod.sumdb.GoSumDb;
import dev.modgate.standalone.DataFolder;
import dev.modgate.standalone.RunInfo;
import dev.modgate.standalone.UpstreamChoice;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

@Command(
    name = "sync",
    description = "Brings inside what a project needs, and says how to build with it.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Examples: modgate sync .",
      "          modgate sync path/to/go.sum",
      "          modgate sync golang.org/x/text@v0.14.0 rsc.io/quote@v1.5.2",
      "          modgate sync go1.25.4 --platform linux/amd64,darwin/arm64",
      "          modgate sync . --toolchain"
    })
final class SyncCommand implements Callable<Integer> {
  @Parameters(
      paramLabel = "WHAT",
      arity = "1..*",
      description =
          "project folder, go.mod, go.sum, go.work, module@version, or a Go toolchain such as"
              + " go1.25.4")
  List<String> what = List.of();

  @Option(names = "--no-wait", description = "return when the sync is accepted")
  boolean noWait;

  @Option(
      names = "--closure",
      description = "also walk the module graph where there is a go.sum, as go list -m all does")
  boolean closure;

  @Mixin Toolchains toolchains = new Toolchains();
  @Mixin Options.Data data = new Options.Data();
  @Mixin Options.Server server = new Options.Server();
  @Mixin Options.Start start = new Options.Start();
  @Mixin Options.Json json = new Options.Json();

  @Override
  public Integer call() {
    List<Project> projects = Project.of(what, toolchains);
    List<String> notes = toolchains.notes(what, projects);
    List<ObjectNode> requests =
        projects.stream().map(it -> it.request(closure)).toList(); // all are readable
    notes.forEach(note -> say("note: " + note));
    Target target = target();
    ArrayNode results = JsonMapper.shared().createArrayNode();
    boolean allInside = true;
    try {
      for (int i = 0; i < projects.size(); i++) {
        Project project = projects.get(i);
        JsonNode accepted = target.api().post("/api/v1/syncs", requests.get(i));
        JsonNode end = noWait ? accepted : target.following().toTheEnd(accepted, project, json.on);
        results.add(end);
        allInside &= noWait || end.path("state").asString("").equals("done");
        if (!json.on) {
          new SyncReport(System.out, target.inside()).print(project, end, noWait);
        }
      }
    } finally { // what is done is told also where a later one fails
      if (json.on && !results.isEmpty()) {
        System.out.println(Output.json(projects.size() == 1 ? results.get(0) : results));
      }
    }
    return (allInside ? ExitCode.DONE : ExitCode.FAILED).code();
  }

  /// Where to send the sync, and where the closed side is to look.
  ///
  /// @param inside empty where that is not known here
  /// @param status the command that shows how it is doing
  private record Target(ApiClient api, Optional<Inside> inside, String status) {
    Following following() {
      return new Following(api, status);
    }
  }

  private Target target() {
    Optional<String> token = Options.token(start.tokenFile);
    Optional<URI> elsewhere = server.url();
    if (elsewhere.isPresent()) {
      URI url = elsewhere.get();
      return new Target(
          new ApiClient(url, token), Optional.empty(), "modgate status --server " + url);
    }
    RunInfo run = runningOrStarted();
    return new Target(
        new ApiClient(URI.create(run.api()), token), Optional.of(Inside.of(run)), data.status());
  }

  private RunInfo runningOrStarted() {
    Path folder = data.folder.toAbsolutePath().normalize();
    Optional<RunInfo> running = DataFolder.running(folder);
    if (running.isPresent()) {
      if (start.upstream != null) {
        refuseOther(Upstreams.choose(start), running.get());
      }
      if (start.sumdb != null) {
        refuseOtherDatabase(GoSumDb.parse(start.sumdb), running.get());
      }
      Output.warnings(running.get()).forEach(this::say);
      return running.get();
    }
    UpstreamChoice upstreams = Upstreams.choose(start);
    say(
        "no Modgate runs here yet: starting one in \""
            + folder
            + "\", upstream "
            + upstreams.shown());
    RunInfo started = Background.start(folder, start, upstreams.list());
    if (start.upstream != null) {
      refuseOther(upstreams, started); // another command may have been first
    }
    say(
        "Modgate is up: API "
            + started.api()
            + ", GOPROXY="
            + started.gateway()
            + " (stop it with: "
            + data.down()
            + ")");
    Output.warnings(started).forEach(this::say);
    return started;
  }

  private void refuseOther(UpstreamChoice wanted, RunInfo run) {
    if (!wanted.shown().equals(run.upstreams())) {
      throw CliException.usage(
          "the Modgate that runs here has upstream \""
              + run.upstreams()
              + "\", not \""
              + wanted.shown()
              + "\"; to change it: "
              + data.down()
              + ", then again with --upstream");
    }
  }

  private void refuseOtherDatabase(GoSumDb wanted, RunInfo run) {
    String name =
        switch (wanted) {
          case GoSumDb.Database database -> database.name();
          case GoSumDb.Off off -> off.toString();
        };
    if (!name.equals(run.sumdb())) {
      throw CliException.usage(
          "the Modgate that runs here has the checksum database \""
              + run.sumdb()
              + "\", not \""
              + name
              + "\"; to change it: "
              + data.down()
              + ", then again with --sumdb");
    }
  }

  private void say(String sentence) {
    System.err.println(Output.lines(sentence));
  }
}
