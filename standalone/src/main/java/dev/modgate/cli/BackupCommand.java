package dev.modgate.cli;

import dev.modgate.backup.Backup;
import dev.modgate.backup.BackupException;
import dev.modgate.backup.DatabaseSource;
import dev.modgate.backup.Manifest;
import dev.modgate.standalone.DataFolder;
import dev.modgate.standalone.RunInfo;
import dev.modgate.start.StartException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "backup",
    description =
        "Writes a backup of the data folder, also while Modgate runs: the watcher's database, what"
            + " verifiers remember of checksum databases, and the verifier's keys; with --whole"
            + " what is inside, too, so that the file brings all of it back on an empty machine."
            + " Without, the zone store needs a backup of its own.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "The file holds the verifier's signing key: only its owner may read it, and so it should"
          + " stay.",
      "Example: modgate backup /backup/modgate-monday.zip --whole --data /srv/modgate"
    })
final class BackupCommand implements Callable<Integer> {
  @Parameters(paramLabel = "FILE", description = "where the backup goes; never overwritten")
  Path file = Path.of("modgate-backup.zip");

  @Mixin Options.Data data = new Options.Data();
  @Mixin Options.Json json = new Options.Json();

  @Option(
      names = "--whole",
      description = "with the zone store: all that is inside, with its evidence")
  boolean whole;

  @Option(
      names = "--token-file",
      paramLabel = "FILE",
      description = "file with the bearer token that the API of the running Modgate demands")
  @Nullable Path tokenFile;

  @Override
  public Integer call() {
    Manifest manifest;
    try {
      manifest = write();
    } catch (BackupException | StartException e) {
      throw CliException.failed(String.valueOf(e.getMessage()));
    } catch (IOException e) {
      throw CliException.failed("the backup can't be written: " + e);
    }
    if (json.on) {
      Map<String, Object> all = new LinkedHashMap<>();
      all.put("file", file.toString());
      all.put("createdAt", manifest.createdAt().toString());
      all.put("entries", manifest.entries().size());
      all.put("bytes", manifest.bytes());
      System.out.println(Output.json(all));
      return ExitCode.DONE.code();
    }
    System.out.println(
        Output.lines(
            "backup of \""
                + data.folder
                + "\" in \""
                + file
                + "\": "
                + Output.count(manifest.entries().size(), "file")
                + ", "
                + Output.bytes(manifest.bytes())));
    System.out.println("It holds the verifier's signing key: keep it where you alone can read it.");
    return ExitCode.DONE.code();
  }

  private Manifest write() throws IOException, BackupException {
    var backup = new Backup(data.folder, Main.VERSION, Clock.systemUTC(), whole);
    if (!Files.isDirectory(data.folder)) {
      throw CliException.usage("\"" + data.folder + "\" is no data folder; name it with --data");
    }
    Optional<RunInfo> run = DataFolder.running(data.folder);
    if (run.isPresent()) {
      var client = new ApiClient(URI.create(run.get().api()), Options.token(tokenFile));
      return backup.write(file, out -> client.download("/api/v1/backup/database", out));
    }
    if (DataFolder.isHeld(data.folder)) {
      throw CliException.failed(
          "the Modgate in \"" + data.folder + "\" is just starting or ending; try again");
    }
    try (DataFolder _ = DataFolder.take(data.folder)) {
      DatabaseSource fromDisk = out -> Files.copy(Backup.database(data.folder), out);
      return backup.write(file, fromDisk);
    }
  }
}
