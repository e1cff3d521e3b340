package dev.modgate.cli;

import dev.modgate.standalone.DataCheckup;
import dev.modgate.standalone.DataFolder;
import dev.modgate.standalone.RunInfo;
import dev.modgate.standalone.StandaloneSettings;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;

@Command(
    name = "doctor",
    description =
        "Looks at settings, data folder, disk, keys, clocks, database, topics, stages, stores,"
            + " upstreams and gateway, and says of each whether it is as it should be and what to"
            + " do where it is not. Changes nothing. Of the folder and the settings also where"
            + " nothing runs.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Exit codes: 0 all is well, 1 there is a problem, 2 usage.",
      "Example: modgate doctor --server http://modgate.example.com:8080 --json"
    })
final class DoctorCommand implements Callable<Integer> {
  private static final Duration MUCH_SKEW = Duration.ofSeconds(10);

  @Mixin Options.Data data = new Options.Data();
  @Mixin Options.Server server = new Options.Server();
  @Mixin Options.Json json = new Options.Json();

  @Option(
      names = "--gateway",
      paramLabel = "URL",
      description = "a gateway to look at (default: the one of the data folder)")
  @Nullable URI gateway;

  @Option(
      names = "--sumdb",
      paramLabel = "DATABASE",
      converter = Options.SumDb.class,
      description =
          "where nothing runs: the checksum database that modgate up gets by its --sumdb (default:"
              + " what modgate.yml says)")
  @Nullable String sumdb;

  @Option(
      names = "--token-file",
      paramLabel = "FILE",
      description = "file with the bearer token that the API demands")
  @Nullable Path tokenFile;

  @Override
  public Integer call() {
    var report = new DoctorReport();
    Optional<URI> elsewhere = server.url();
    Optional<RunInfo> run =
        elsewhere.isPresent() ? Optional.empty() : DataFolder.running(data.folder);
    if (elsewhere.isEmpty()) {
      here(report, run);
    }
    elsewhere.or(() -> run.map(it -> URI.create(it.api()))).ifPresent(api -> ask(report, api));
    Optional.ofNullable(gateway)
        .or(() -> run.map(it -> URI.create(it.gateway())))
        .ifPresent(url -> report.add(GatewayLook.at(url)));
    if (json.on) {
      System.out.println(Output.json(report.asJson()));
    } else {
      report.print(System.out);
    }
    return (report.isWell() ? ExitCode.DONE : ExitCode.FAILED).code();
  }

  private void here(DoctorReport report, Optional<RunInfo> run) {
    String upstreams = run.map(RunInfo::upstreams).orElse("https://proxy.invalid");
    var settings =
        new StandaloneSettings(
            data.folder.toAbsolutePath().normalize(), 0, 0, 0, upstreams, upstreams, null, sumdb);
    new DataCheckup(settings, run.isPresent()).look().forEach(report::add);
    if (run.isPresent()) {
      report.ok("process", run.get().pid() + ", API at " + run.get().api());
    } else if (DataFolder.isHeld(data.folder)) {
      report.problem("process", "it is just starting or ending", "look again in a moment");
    } else {
      report.problem(
          "process",
          "no Modgate runs in \"" + data.folder + "\"",
          "start it with: modgate up -d --data "
              + data.folder
              + ", or name one elsewhere with --server");
    }
  }

  private void ask(DoctorReport report, URI api) {
    try {
      Instant before = Instant.now();
      JsonNode answer = new ApiClient(api, Options.token(tokenFile)).get("/api/v1/doctor");
      clock(report, before, Instant.now(), answer.path("at").asString(""));
      List<JsonNode> findings = new ArrayList<>();
      answer.path("findings").forEach(findings::add);
      findings.forEach(report::add);
    } catch (CliException e) {
      report.problem(
          "API",
          String.valueOf(e.getMessage()),
          "see that the watcher runs there, and that --server and --token-file are right");
    }
  }

  private static void clock(DoctorReport report, Instant before, Instant after, String at) {
    Instant its;
    try {
      its = Instant.parse(at);
    } catch (java.time.DateTimeException e) {
      return; // of another version
    }
    boolean early = its.isBefore(before.minus(MUCH_SKEW));
    if (early || its.isAfter(after.plus(MUCH_SKEW))) {
      Duration skew = Duration.between(early ? before : after, its).abs();
      report.problem(
          "clock",
          "the watcher's is "
              + skew.toSeconds()
              + " s "
              + (early ? "behind" : "ahead of")
              + " ours",
          "let NTP set the clocks of both machines");
    } else {
      report.ok("clock", "the watcher's is as ours");
    }
  }
}
