package dev.modgate.watcher.notify.message;

import dev.modgate.watcher.happening.Happening;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

record English() implements Words {
  @Override
  public String headline(Happening happening) {
    return switch (happening) {
      case Happening.SyncEnded sync ->
          switch (sync.end()) {
            case DONE -> "Sync done";
            case FAILED -> sync.contradicted() > 0 ? "Security: sync failed" : "Sync failed";
            case CANCELLED -> "Sync cancelled";
          };
      case Happening.ModuleRefused refused ->
          refused.reason().isSecurity() ? "Security: module refused" : "Module refused";
      case Happening.StageStopped stopped ->
          "Security: the " + stopped.stage().name().toLowerCase(Locale.ROOT) + " stage has stopped";
      case Happening.Trial _ -> "A test message from Modgate";
    };
  }

  @Override
  public String summary(Happening.SyncEnded sync) {
    if (sync.total() == 0) {
      return "No modules were needed.";
    }
    if (sync.inside() == sync.total()) {
      return sync.total() == 1
          ? "The one module is inside."
          : "All " + sync.total() + " modules are inside.";
    }
    var missing = new ArrayList<String>();
    if (sync.contradicted() > 0) {
      missing.add(
          sync.contradicted()
              + (sync.contradicted() == 1 ? " contradicts" : " contradict")
              + " go.sum");
    }
    if (sync.refused() > 0) {
      missing.add(sync.refused() + (sync.refused() == 1 ? " was refused" : " were refused"));
    }
    if (sync.absent() > 0) {
      missing.add("no upstream has " + sync.absent());
    }
    if (sync.gaveUp() > 0) {
      missing.add(sync.gaveUp() + (sync.gaveUp() == 1 ? " was given up" : " were given up"));
    }
    String inside =
        sync.inside()
            + " of "
            + count(sync.total(), "module")
            + (sync.inside() == 1 ? " is" : " are")
            + " inside";
    return missing.isEmpty() ? inside + "." : inside + "; " + String.join(", ", missing) + ".";
  }

  @Override
  public String advice(Happening happening) {
    return switch (happening) {
      case Happening.SyncEnded sync ->
          sync.contradicted() > 0
              ? "A go.sum line claims another hash than what is inside has: somebody may have changed"
                  + " bytes."
              : "";
      case Happening.ModuleRefused refused ->
          refused.reason().isSecurity()
              ? "Somebody may have changed bytes. Find out who before anybody asks for it again."
              : "";
      case Happening.StageStopped _ ->
          "Nothing new comes inside until a person has looked into it.";
      case Happening.Trial _ -> "This channel works. Nothing happened.";
    };
  }

  @Override
  public String reason(String code) {
    return " (" + code + ")";
  }

  @Override
  public String wantedBy() {
    return "Wanted by ";
  }

  @Override
  public String owner() {
    return "Owner: ";
  }

  @Override
  public String andOthers(int count) {
    return " and " + count + (count == 1 ? " other" : " others");
  }

  @Override
  public String more(int count) {
    return "… and " + count + " more";
  }

  @Override
  public String moreModules(long count) {
    return "and " + count(count, "more module");
  }

  @Override
  public String details() {
    return "Details";
  }

  @Override
  public String colon() {
    return ": ";
  }

  @Override
  public String comma() {
    return ", ";
  }

  @Override
  public String title(Tally tally) {
    var parts = new ArrayList<String>();
    add(parts, tally.security(), "security event", "");
    add(parts, tally.failed(), "sync", " failed");
    add(parts, tally.refused(), "module", " refused");
    add(parts, tally.cancelled(), "sync", " cancelled");
    add(parts, tally.done(), "sync", " done");
    return "Modgate: " + String.join(", ", parts);
  }

  private static void add(List<String> parts, int count, String noun, String became) {
    if (count > 0) {
      parts.add(count(count, noun) + became);
    }
  }

  private static String count(long count, String noun) {
    return count + " " + noun + (count == 1 ? "" : "s");
  }
}
