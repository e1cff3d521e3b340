package dev.modgate.cli;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/// What the scrub says, for people.
final class ScrubReport {
  private ScrubReport() {}

  static String text(JsonNode view) {
    var lines = new ArrayList<String>();
    if (view.path("now").isObject()) {
      lines.add("under way since " + line(view.path("now")));
    }
    JsonNode last = view.path("last");
    if (last.isObject()) {
      lines.add("ended " + Output.text(last.path("finished")) + ", begun " + line(last));
    }
    if (lines.isEmpty()) {
      lines.add("no publisher has said anything about the scrub yet");
    }
    findings(view.path("now"), lines);
    findings(last, lines);
    return String.join(System.lineSeparator(), lines);
  }

  private static String line(JsonNode pass) {
    long found = pass.path("found").asLong(0);
    return Output.text(pass.path("started"))
        + ": "
        + Output.count(pass.path("objects").asLong(0), "object")
        + ", "
        + Output.bytes(pass.path("bytes").asLong(0))
        + " hashed, "
        + (found == 0
            ? "nothing wrong"
            : found + " wrong, " + pass.path("mended").asLong(0) + " of these mended");
  }

  private static void findings(JsonNode pass, List<String> lines) {
    for (JsonNode finding : pass.path("findings")) {
      lines.add(
          "  " + Output.text(finding.path("cure")) + ": " + Output.text(finding.path("sentence")));
    }
  }
}
