package dev.modgate.cli;

import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/// What a person reads at the end of a sync: failures first, then the line that builds.
final class SyncReport {
  private final PrintStream out;
  private final Optional<Inside> inside;

  SyncReport(PrintStream out, Optional<Inside> inside) {
    this.out = out;
    this.inside = inside;
  }

  void print(Project project, JsonNode sync, boolean accepted) {
    for (JsonNode note : sync.path("notes")) {
      out.println("note: " + Output.text(note));
    }
    if (accepted) {
      out.println(
          "sync " + Output.text(sync.path("id")) + " of " + project.label() + " is accepted");
      return;
    }
    problems(sync.path("modules"));
    if (sync.hasNonNull("failure")) {
      out.println("  FAILED  " + Output.text(sync.path("failure")));
    }
    out.println(summary(project, sync));
    if (Output.text(sync.path("state")).equals("done")) {
      inside.ifPresent(side -> howToUse(side.lines(project)));
    }
  }

  private void problems(JsonNode modules) {
    for (JsonNode module : modules) {
      if (Output.text(module.path("state")).equals("inside")
          && module.path("reason").isMissingNode()) {
        continue;
      }
      out.println("  " + problem(module));
    }
  }

  /// The sentence names the module already.
  private static String problem(JsonNode module) {
    String name = Output.text(module.path("module"));
    String sentence = Output.text(module.path("sentence"));
    String line =
        Output.text(module.path("state")).toUpperCase(java.util.Locale.ROOT)
            + "  "
            + (sentence.startsWith(name) ? "" : name + ": ")
            + (sentence.isEmpty() ? "no reason given" : sentence);
    String next = Output.text(module.path("nextTry"));
    return next.isEmpty() ? line : line + " (next try " + inWords(next) + ")";
  }

  private static String inWords(String instant) {
    Duration wait = Duration.between(Instant.now(), Instant.parse(instant));
    return wait.isNegative() ? "now" : "in " + Output.seconds(wait.toMillis() / 1000.0);
  }

  private static String summary(Project project, JsonNode sync) {
    JsonNode counts = sync.path("counts");
    long total = counts.path("total").asLong(0);
    long inside = counts.path("inside").asLong(0);
    Duration took =
        Duration.between(
            Instant.parse(sync.path("createdAt").asString(Instant.now().toString())),
            Instant.parse(sync.path("finishedAt").asString(Instant.now().toString())));
    String moved = Output.bytes(sync.path("bytesMoved").asLong(0));
    String tail = moved + " moved in " + Output.seconds(took.toMillis() / 1000.0);
    return inside == total
        ? project.label() + ": all " + Output.count(total, "module version") + " inside, " + tail
        : project.label()
            + ": "
            + inside
            + " of "
            + Output.count(total, "module version")
            + " inside, "
            + tail;
  }

  private void howToUse(List<String> lines) {
    out.println();
    out.println("Inside, this now works:");
    lines.forEach(line -> out.println("  " + line));
  }
}
