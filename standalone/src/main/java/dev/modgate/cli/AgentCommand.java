package dev.modgate.cli;

import dev.modgate.gomod.note.VerifierKey;
import dev.modgate.standalone.AgentProcess;
import dev.modgate.start.StartException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "agent",
    description =
        "Runs an agent, and stays until Ctrl-C or modgate down: where the Git hosts are, it takes"
            + " their webhooks, polls and reads them, and sends outward only which modules are"
            + " needed. Its settings are in modgate.yml: modgate.watcher.agent and .sources.",
    mixinStandardHelpOptions = true,
    footer = {"", "Example: modgate agent --data /srv/modgate-agent"})
final class AgentCommand implements Callable<Integer> {
  @Mixin Options.Data data = new Options.Data();
  @Mixin Options.Json json = new Options.Json();

  @Option(
      names = "--port",
      paramLabel = "PORT",
      defaultValue = "8080",
      converter = Options.Port.class,
      description = "port of its API and of webhooks (default: ${DEFAULT-VALUE})")
  int port;

  @Override
  public Integer call() throws Exception {
    Path folder = data.folder.toAbsolutePath();
    try {
      report(AgentProcess.publicKey(folder)); // before the start: it may wait for the other side
      try (AgentProcess agent = AgentProcess.start(folder, port)) {
        if (!json.on) {
          System.out.println("The agent is up.");
          System.out.flush();
        }
        agent.awaitEnd();
      }
    } catch (StartException e) {
      throw CliException.failed(
          e.problems().size() == 1
              ? e.problems().getFirst()
              : "can't start:\n  " + String.join("\n  ", e.problems()));
    }
    return ExitCode.DONE.code();
  }

  private void report(VerifierKey key) {
    if (json.on) {
      Map<String, String> all = new LinkedHashMap<>();
      all.put("agent", key.name());
      all.put("publicKey", key.toString());
      System.out.println(Output.json(all));
    } else {
      System.out.println("Agent " + key.name() + "; the watcher pins it so, in modgate.yml:");
      System.out.println("  modgate.watcher.agents." + key.name() + ".key: " + key);
    }
    System.out.flush();
  }
}
