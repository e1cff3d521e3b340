package dev.modgate.cli;

import dev.modgate.gomod.note.SigningKey;
import dev.modgate.start.StartException;
import dev.modgate.start.key.SigningKeyFile;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "verifier-key",
    description =
        "Makes the key with which a verifier signs what it accepts, for verifiers of their own or"
            + " after a loss. Its public half is added to FILE.pub. (modgate up makes one by"
            + " itself in a new data folder.)",
    mixinStandardHelpOptions = true,
    footer = {"", "Example: modgate verifier-key /etc/modgate/verifier"})
final class VerifierKeyCommand implements Callable<Integer> {
  @Parameters(paramLabel = "FILE", description = "where the secret goes; never overwritten")
  Path file = Path.of("verifier");

  @Option(
      names = "--name",
      paramLabel = "NAME",
      defaultValue = SigningKeyFile.DEFAULT_NAME,
      description = "what the key is called in verdicts (default: ${DEFAULT-VALUE})")
  String name = SigningKeyFile.DEFAULT_NAME;

  @Mixin Options.Json json = new Options.Json();

  @Override
  public Integer call() {
    var pair = new SigningKeyFile(file);
    SigningKey key;
    try {
      key = pair.create(name);
    } catch (StartException e) {
      throw CliException.failed(String.valueOf(e.getMessage()));
    }
    String publicKey = key.verifierKey().toString();
    if (json.on) {
      Map<String, String> all = new LinkedHashMap<>();
      all.put("signingKey", file.toString());
      all.put("publicKeys", pair.publicKeys().toString());
      all.put("publicKey", publicKey);
      System.out.println(Output.json(all));
      return ExitCode.DONE.code();
    }
    System.out.println("secret   " + file + "  (readable by you alone; keep a backup)");
    System.out.println("public   " + publicKey);
    System.out.println("         also in " + pair.publicKeys());
    System.out.println();
    System.out.println("verifier   MODGATE_VERIFIER_SIGNINGKEY=" + file);
    System.out.println("publisher  MODGATE_PUBLISHER_VERIFIERKEYS=" + publicKey);
    return ExitCode.DONE.code();
  }
}
