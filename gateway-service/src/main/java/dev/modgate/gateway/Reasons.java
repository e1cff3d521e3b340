package dev.modgate.gateway;

import dev.modgate.gomod.module.ModulePath;
import dev.modgate.gomod.module.ModuleVersion;
import dev.modgate.gomod.quote.Plain;
import dev.modgate.gomod.quote.Quoted;
import dev.modgate.gomod.sumdb.GoSumDb;
import dev.modgate.gomod.tlog.Tile;
import dev.modgate.pipeline.event.EventJson;
import dev.modgate.pipeline.store.ObjectKey;
import dev.modgate.pipeline.zone.RefusalNote;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// The sentences that reach a developer's terminal: what is the matter, and what to do about it.
final class Reasons {
  /// What the `go` command shows of a body ends at 8 lines and about 648 bytes.
  static final int MAX_BYTES = 600;

  private static final int MAX_QUOTED = 360;

  private final String askThere;

  /// @param console where a person asks for modules; may be outside of this zone
  Reasons(Optional<URI> console) {
    this.askThere = console.map(url -> " (or at " + url + ")").orElse("");
  }

  String noVersionInside(ModulePath module) {
    return bounded(
        "no version of "
            + module
            + " is inside.\n"
            + ask("modgate sync " + module + "@VERSION", askThere));
  }

  String notInside(ModuleVersion module) {
    return bounded(module + " is not inside.\n" + ask("modgate sync " + module, askThere));
  }

  String onlyGoMod(ModuleVersion module) {
    return bounded(
        "only the go.mod of "
            + module
            + " is inside, not its zip: so far it was needed for the module graph alone.\n"
            + ask("modgate sync " + module, askThere));
  }

  String refused(ModuleVersion module, RefusalNote note) {
    return bounded(
        module
            + " was refused ("
            + EventJson.wireName(note.code())
            + "): "
            + cut(Plain.of(note.sentence()), MAX_QUOTED)
            + askAgain(module));
  }

  String refusedUnreadably(ModuleVersion module, IOException why) {
    return bounded(
        module
            + " was refused; the note of it can't be read by this gateway: "
            + cut(Plain.of(String.valueOf(why.getMessage())), MAX_QUOTED / 2)
            + askAgain(module));
  }

  String noSuchPath(String path) {
    int versions = path.indexOf("/@v/");
    if (versions > 0 && path.endsWith(".info")) {
      return bounded(
          Quoted.of(cut(path.substring(versions + 4, path.length() - 5), 100))
              + " is no version of this module path that the gateway can serve:"
              + " it resolves no branch or commit.\n"
              + "Name a version as in v1.2.3; from v2 on the module path ends in /v2.");
    }
    return bounded(
        Quoted.of(cut(path, 200))
            + " is no path of the GOPROXY protocol.\n"
            + "Want MODULE/@v/list, /@v/VERSION.info, .mod, .zip or /@latest,"
            + " upper-case letters written as in !a.");
  }

  String noChecksumDatabase(String database) {
    return bounded(
        "this zone has no checksum database "
            + Quoted.of(cut(database, 100))
            + "; the public one is "
            + GoSumDb.DEFAULT
            + ".");
  }

  String supported(String database) {
    return "this zone has the checksum database " + database + "\n";
  }

  String emptyDatabase(String database) {
    return "the checksum database "
        + database
        + " is not inside yet: it comes with the first module version that it has signed.\n";
  }

  String noTile(String database, Tile tile) {
    return bounded(
        tile
            + " of "
            + database
            + " is not inside. Where the go command remembers a tree of the open network, this helps:\n"
            + "rm -r \"$(go env GOPATH)/pkg/sumdb/"
            + database
            + "\"");
  }

  String notInDatabase(String database, ModuleVersion module) {
    return bounded(
        module
            + " is inside, but "
            + database
            + " does not know it: a private module, or one that came inside without that database.\n"
            + "So that go asks nobody about it: go env -w GONOSUMDB="
            + module.path());
  }

  String wrongRecord(String database, ModuleVersion module, ObjectKey file) {
    return bounded(
        "what lies inside as the record of "
            + module
            + " in "
            + database
            + " is none: "
            + Quoted.of(cut(file.value(), 200))
            + " of the zone store was changed.");
  }

  String storeFailed() {
    return "the zone store can't be read just now; this says nothing about the module. Try again.";
  }

  String frontPage() {
    return "This is Modgate's GOPROXY: go env -w GOPROXY=<this address>\n";
  }

  private String askAgain(ModuleVersion module) {
    return ".\nOnce the cause is gone, ask again with: modgate sync " + module + askThere;
  }

  private static String ask(String command, String orThere) {
    return "Ask for it with: " + command + orThere;
  }

  private static String bounded(String text) {
    return cut(text, MAX_BYTES - 1) + "\n";
  }

  /// Cuts to a number of bytes, never within a character.
  static String cut(String text, int maxBytes) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    if (bytes.length <= maxBytes) {
      return text;
    }
    int end = maxBytes - 3; // the ellipsis takes three bytes
    while ((bytes[end] & 0xc0) == 0x80) {
      end--;
    }
    return new String(bytes, 0, end, StandardCharsets.UTF_8) + "…";
  }
}
