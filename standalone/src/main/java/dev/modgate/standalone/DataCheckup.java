package dev.modgate.standalone;

import dev.modgate.start.Service;
import dev.modgate.start.StartException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// Looks at a data folder and at the settings that a start here would have, whether or not anything
/// runs. Changes nothing.
///
/// @param settings as [Standalone#start] would get them
/// @param running whether a Modgate runs there now
public record DataCheckup(StandaloneSettings settings, boolean running) {
  private static final long LITTLE_BYTES = 1L << 30;
  private static final String AS_IT_SAYS = "put that right; a start would stop at it";

  /// @param remedy what to do; empty where all is well
  public record Line(String name, String sentence, String remedy) {
    public boolean isOk() {
      return remedy.isEmpty();
    }
  }

  public List<Line> look() {
    var lines = new ArrayList<>(judgeSettings());
    Path data = settings.data();
    if (!Files.isDirectory(data)) {
      lines.add(
          new Line(
              "data folder",
              "there is no folder \"" + data + "\"",
              "name it with --data, or let modgate up make it"));
      return lines;
    }
    lines.add(folder(data));
    lines.add(disk(data));
    lines.add(keys(data));
    if (!running) { // else the verifier looks after it, whichever database it was told to ask
      lines.add(trust(data));
    }
    return lines;
  }

  private List<Line> judgeSettings() {
    var problems = new LinkedHashSet<String>(); // of shared sections each service says the same
    boolean pinned = Files.exists(DataKeys.of(settings.data()).pinned());
    for (Map.Entry<Service, Map<String, String>> service : services().inOrder().entrySet()) {
      for (String problem : service.getKey().settingsProblems(service.getValue())) {
        if (pinned || !problem.startsWith("modgate.publisher.verifier-keys")) {
          problems.add(problem);
        }
      }
    }
    if (problems.isEmpty()) {
      return List.of(
          new Line(
              "settings",
              Files.exists(Path.of("modgate.yml"))
                  ? "modgate.yml here and the environment are as all services want them"
                  : "there is no modgate.yml here; the environment is as all services want it",
              ""));
    }
    return problems.stream()
        .map(problem -> new Line("settings", problem, "change it; a start would stop at it"))
        .toList();
  }

  private ServiceSettings services() {
    var nobody = new RunInfo(0, "http://127.0.0.1", "", "127.0.0.1:0", "", false, null, null);
    return new ServiceSettings(settings, nobody, 0, 0, pinnedKeys());
  }

  private String pinnedKeys() {
    try {
      return String.join(",", Files.readAllLines(DataKeys.of(settings.data()).pinned()));
    } catch (IOException e) {
      return ""; // what is wrong with it is said of the keys
    }
  }

  private static Line folder(Path data) {
    String name = "data folder";
    if (!Files.isWritable(data) || !Files.isExecutable(data)) {
      return new Line(
          name,
          "\"" + data + "\" can't be written by this user",
          "give the user that runs Modgate the right to it: chown -R USER " + data);
    }
    return Files.exists(data.resolve(DataFolder.RESTORING))
        ? new Line(
            name,
            "\"" + data + "\" holds parts of a backup, because its restore was interrupted",
            "do it again with: modgate restore FILE --data " + data)
        : new Line(name, "\"" + data + "\" can be written", "");
  }

  private static Line disk(Path data) {
    String name = "disk";
    try {
      long free = Files.getFileStore(data).getUsableSpace();
      String sentence = String.format(Locale.ROOT, "%.1f GB free below \"%s\"", free / 1e9, data);
      return new Line(name, sentence, free < LITTLE_BYTES ? "make room before it is full" : "");
    } catch (IOException e) {
      return new Line(name, "can't be asked: " + e, "see that \"" + data + "\" is mounted");
    }
  }

  private static Line keys(Path data) {
    String name = "keys";
    Path secret = DataKeys.of(data).signing();
    boolean inside = Files.exists(data.resolve("inner").resolve("_modgate").resolve("evidence"));
    if (!Files.exists(secret) && !inside) {
      return new Line(name, "none yet; the first start makes them", "");
    }
    try {
      var _ = DataKeys.of(data).ready();
      return new Line(name, "are whole, and their owner's alone", "");
    } catch (StartException e) {
      return new Line(name, String.valueOf(e.getMessage()), AS_IT_SAYS);
    }
  }

  private Line trust(Path data) {
    String name = "memory of checksum databases";
    try {
      new DataTrust(data).check(services().chosenDatabase());
      return new Line(name, "is there, or nothing is inside yet", "");
    } catch (StartException e) {
      return new Line(name, String.valueOf(e.getMessage()), AS_IT_SAYS);
    }
  }
}
