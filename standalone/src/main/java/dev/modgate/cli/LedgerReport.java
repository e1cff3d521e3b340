package dev.modgate.cli;

import java.io.PrintStream;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/// Who needs what, for people.
final class LedgerReport {
  private static final int DATE = "2026-01-01".length();
  private static final int SHORT_COMMIT = 12;
  private static final int MOST_NAMED = 4;

  private final PrintStream out;
  private final Optional<Integer> width;

  /// @param width columns of the screen; empty where lines may be of any length
  LedgerReport(PrintStream out, Optional<Integer> width) {
    this.out = out;
    this.width = width;
  }

  void uses(JsonNode uses) {
    var table =
        new Table("MODULE", "VERSION", "NEWEST", "REPOSITORY", "OWNER", "FIRST", "LAST", "USE");
    for (JsonNode use : uses) {
      table.add(
          Output.text(use.path("module")),
          Output.text(use.path("version")),
          newest(use),
          repository(use),
          orDash(use.path("owner")),
          date(use.path("first")),
          date(use.path("last")),
          inUse(use));
    }
    if (table.isEmpty()) {
      out.println("nothing is in the ledger that fits; pushes of sources are written down there");
      return;
    }
    table.print(out, width);
  }

  void users(JsonNode uses) {
    var table =
        new Table("VERSION", "NEWEST", "REPOSITORY", "OWNER", "WHERE", "SEEN", "BROUGHT IN BY");
    for (JsonNode use : uses) {
      table.add(
          Output.text(use.path("version")),
          newest(use),
          repository(use),
          orDash(use.path("owner")),
          where(use),
          date(use.path("last")),
          orDash(use.path("broughtIn").path("label")));
    }
    table.print(out, width);
  }

  void drift(JsonNode drift) {
    if (drift.isEmpty()) {
      out.println("no module is at different versions");
    }
    for (JsonNode module : drift) {
      String newest = Output.text(module.path("newestKnown"));
      out.println(
          Output.text(module.path("module"))
              + (newest.isEmpty() ? "" : "  (newest known: " + newest + ")"));
      var table = new Table("  VERSION", "USED BY", "REPOSITORIES");
      for (JsonNode version : module.path("versions")) {
        table.add(
            "  " + Output.text(version.path("version")),
            Output.count(version.path("repositories").asLong(0), "user"),
            names(version));
      }
      table.print(out, width);
    }
  }

  private static String names(JsonNode version) {
    var names = new StringBuilder();
    int named = 0;
    for (JsonNode user : version.path("first")) {
      if (named++ < MOST_NAMED) {
        names.append(names.isEmpty() ? "" : ", ").append(repository(user));
      }
    }
    long more = version.path("repositories").asLong(0) - MOST_NAMED;
    return names + (more > 0 ? " and " + more + " more" : "");
  }

  private static String repository(JsonNode of) {
    String source = Output.text(of.path("source"));
    String repository = Output.text(of.path("repository"));
    return repository.equals(source) ? source : source + ":" + repository;
  }

  private static String newest(JsonNode use) {
    return use.path("behind").asBoolean(false) ? Output.text(use.path("newestKnown")) : "-";
  }

  private static String inUse(JsonNode use) {
    return use.path("inUse").asBoolean(false) ? Output.text(use.path("want")) : "no";
  }

  private static String where(JsonNode use) {
    String ref = Output.text(use.path("last").path("ref")).replaceFirst("^refs/(heads|tags)/", "");
    String commit = Output.text(use.path("last").path("commit"));
    String at = commit.substring(0, Math.min(SHORT_COMMIT, commit.length()));
    String where = ref.isEmpty() ? at : ref + "@" + at;
    long others = use.path("lines").asLong(1) - 1;
    return others > 0 ? where + " +" + others : where;
  }

  private static String date(JsonNode seen) {
    String at = Output.text(seen.path("at"));
    return at.substring(0, Math.min(DATE, at.length()));
  }

  private static String orDash(JsonNode value) {
    String text = Output.text(value);
    return text.isEmpty() ? "-" : text;
  }
}
