package dev.modgate.cli;

import dev.modgate.audit.AuditKeys;
import dev.modgate.audit.AuditReport;
import dev.modgate.audit.ZoneAudit;
import dev.modgate.gomod.module.ModuleVersion;
import dev.modgate.standalone.DataKeys;
import dev.modgate.start.StartException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.node.ObjectNode;

@Command(
    name = "verify",
    description =
        "Checks again what lies inside of module versions: the signed verdict, the proof of the"
            + " checksum database, and the hashes of the files. Needs no network and no running"
            + " Modgate, only the zone store's folder and public keys.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Exit code 0 when all is right, 1 when anything is wrong: each wrong file is named.",
      "Examples: modgate verify golang.org/x/text@v0.14.0",
      "          modgate verify golang.org/x/text@v0.14.0 --zone /mnt/zone"
          + " --verifier-key verifier.pub"
    })
final class VerifyCommand implements Callable<Integer> {
  @Parameters(paramLabel = "MODULE@VERSION", arity = "1..*")
  List<String> what = List.of();

  @Option(
      names = "--zone",
      paramLabel = "DIR",
      description = "folder of the zone store (default: the one of the data folder)")
  @Nullable Path zone;

  @Option(
      names = "--verifier-key",
      paramLabel = "KEY|FILE",
      description =
          "public key of a verifier, or a file with such keys (default: those that the data"
              + " folder's publisher pins)")
  List<String> verifiers = List.of();

  @Option(
      names = "--sumdb",
      paramLabel = "KEY",
      description =
          "public key of a checksum database, name+hash+key (default, without --zone: those of the"
              + " data folder's memory; sum.golang.org is always known)")
  List<String> databases = List.of();

  @Mixin Options.Data data = new Options.Data();
  @Mixin Options.Json json = new Options.Json();

  @Override
  public Integer call() {
    List<ModuleVersion> modules = what.stream().map(VerifyCommand::module).toList();
    Path folder = zone != null ? zone : data.folder.resolve("inner");
    if (!Files.isDirectory(folder)) {
      throw CliException.usage(
          "\"" + folder + "\" is no folder of a zone store; name it with --zone or --data");
    }
    var reports = new ArrayList<AuditReport>();
    try {
      var audit = new ZoneAudit(folder, keys());
      for (ModuleVersion module : modules) {
        AuditReport report = audit.check(module);
        reports.add(report);
        if (!json.on) {
          new AuditPrinter(System.out).print(report, folder);
        }
      }
    } catch (IOException e) {
      throw CliException.failed("\"" + folder + "\" can't be read: " + e.getMessage());
    }
    if (json.on) {
      List<ObjectNode> all = reports.stream().map(AuditPrinter::json).toList();
      System.out.println(Output.json(all.size() == 1 ? all.getFirst() : all));
    }
    boolean all = reports.stream().allMatch(AuditReport::verified);
    return (all ? ExitCode.DONE : ExitCode.FAILED).code();
  }

  private static ModuleVersion module(String text) {
    try {
      return ModuleVersion.parse(text);
    } catch (IllegalArgumentException e) {
      throw CliException.usage(String.valueOf(e.getMessage()));
    }
  }

  private AuditKeys keys() throws IOException {
    Path pinned = DataKeys.of(data.folder).pinned();
    if (verifiers.isEmpty() && !Files.exists(pinned)) {
      throw CliException.usage(
          "no public key of a verifier is known: \""
              + pinned
              + "\" is not there; give it with --verifier-key");
    }
    try {
      List<String> known =
          zone == null && databases.isEmpty()
              ? AuditKeys.remembered(data.folder.resolve("outer"))
              : databases;
      return AuditKeys.of(verifiers.isEmpty() ? List.of(pinned.toString()) : verifiers, known);
    } catch (IllegalArgumentException | StartException e) {
      throw CliException.usage(String.valueOf(e.getMessage()));
    }
  }
}
