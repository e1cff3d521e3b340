package dev.modgate.cli;

import dev.modgate.backup.BackupException;
import dev.modgate.backup.Restore;
import dev.modgate.backup.WatcherDatabase;
import dev.modgate.start.StartException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
    name = "restore",
    description =
        "Puts a backup into a data folder that has no database and no memory of checksum databases,"
            + " while no Modgate runs there. All of it or nothing; one that was interrupted goes on"
            + " when it is run again. Requests that waited for an answer are sent again at the next"
            + " start.",
    mixinStandardHelpOptions = true,
    footer = {"", "Example: modgate restore /backup/modgate-monday.zip --data /srv/modgate"})
final class RestoreCommand implements Callable<Integer> {
  @Parameters(paramLabel = "FILE", description = "the backup")
  Path file = Path.of("modgate-backup.zip");

  @Mixin Options.Data data = new Options.Data();
  @Mixin Options.Json json = new Options.Json();

  @Override
  public Integer call() {
    Restore.Done done;
    try {
      done = new Restore(data.folder, new WatcherDatabase()).read(file);
    } catch (BackupException | StartException e) {
      throw CliException.failed(String.valueOf(e.getMessage()));
    } catch (IOException e) {
      throw CliException.failed(
          "the backup can't be restored: " + e + "; run it again to go on from here");
    }
    int files = done.manifest().entries().size();
    if (json.on) {
      Map<String, Object> all = new LinkedHashMap<>();
      all.put("data", data.folder.toString());
      all.put("createdAt", done.manifest().createdAt().toString());
      all.put("version", done.manifest().version());
      all.put("entries", files);
      all.put("bytes", done.manifest().bytes());
      all.put("there", done.there());
      all.put("sentAgain", done.sentAgain());
      System.out.println(Output.json(all));
      return ExitCode.DONE.code();
    }
    System.out.println(
        Output.lines(
            "restored the backup of "
                + done.manifest().createdAt()
                + " into \""
                + data.folder
                + "\": "
                + Output.count(files, "file")
                + ", "
                + Output.bytes(done.manifest().bytes())
                + (done.there() == 0 ? "" : ", " + done.there() + " of them there already")
                + "; "
                + Output.count(done.sentAgain(), "request")
                + " will be sent again"));
    return ExitCode.DONE.code();
  }
}
