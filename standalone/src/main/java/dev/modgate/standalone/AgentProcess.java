package dev.modgate.standalone;

import dev.modgate.gomod.note.VerifierKey;
import dev.modgate.start.Service;
import dev.modgate.start.StartException;
import dev.modgate.start.key.SigningKeyFile;
import dev.modgate.watcher.WatcherApplication;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ConfigurableApplicationContext;

/// An agent that runs here: the watcher's program in its other mode, in a data folder of its own
/// (`agent/` its H2 database, `keys/agent` its key).
public final class AgentProcess implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(AgentProcess.class);
  private static final Service SERVICE = WatcherApplication.service();
  private static final String NAME = "modgate.watcher.agent.name";

  private final DataFolder data;
  private final ConfigurableApplicationContext agent;
  private final CountDownLatch end = new CountDownLatch(1);
  private final CountDownLatch closed = new CountDownLatch(1);

  private AgentProcess(DataFolder data, ConfigurableApplicationContext agent) {
    this.data = data;
    this.agent = agent;
  }

  /// What the watcher pins. Makes the agent's key where there is none yet: it is needed outside
  /// before the agent can do its work.
  ///
  /// @throws StartException when the settings name no agent, or the key can't be used
  public static VerifierKey publicKey(Path folder) {
    String name = SERVICE.setting(arguments(folder, 0), NAME).orElse("");
    if (name.isBlank()) {
      throw new StartException(NAME + " is empty: give this agent a name in modgate.yml");
    }
    return new SigningKeyFile(key(folder)).readOrCreate(name).verifierKey();
  }

  /// Returns when it is ready.
  ///
  /// @param port of its API and of webhooks
  /// @throws StartException naming what is in the way; nothing is left running then
  public static AgentProcess start(Path folder, int port) {
    DataFolder data = DataFolder.take(folder);
    try {
      int free = Standalone.free(port, "--port");
      Map<String, String> arguments = arguments(folder, free);
      List<String> problems = SERVICE.settingsProblems(arguments);
      if (!problems.isEmpty()) {
        throw new StartException(problems);
      }
      var process = new AgentProcess(data, run(arguments));
      data.announce(
          new RunInfo(
              ProcessHandle.current().pid(),
              "http://127.0.0.1:" + free,
              "",
              "",
              "",
              true,
              null,
              null));
      Runtime.getRuntime().addShutdownHook(new Thread(process::endAndWait, "shutdown"));
      return process;
    } catch (Exception e) {
      release(data);
      throw StartException.among(e)
          .orElseGet(() -> {
            LOG.error("start failed", e);
            return new StartException("unexpected: " + e, e);
          });
    }
  }

  private static ConfigurableApplicationContext run(Map<String, String> arguments) {
    return SERVICE
        .builder()
        .registerShutdownHook(false) // the order of stopping is ours
        .run(
            arguments.entrySet().stream()
                .map(setting -> "--" + setting.getKey() + "=" + setting.getValue())
                .toArray(String[]::new));
  }

  private static Map<String, String> arguments(Path folder, int port) {
    Path watcher = folder.resolve("watcher"); // as in every data folder: backups look there
    var all = new HashMap<String, String>();
    all.put("modgate.watcher.mode", "agent");
    all.put("modgate.watcher.port", String.valueOf(port));
    all.put(
        "modgate.watcher.database.url",
        "jdbc:h2:file:" + watcher.resolve("modgate") + ";WRITE_DELAY=0");
    all.put("modgate.watcher.secrets-folder", folder.resolve("secrets").toString());
    all.put("modgate.watcher.git.folder", watcher.resolve("git").toString());
    all.put("modgate.watcher.agent.signing-key", key(folder).toString());
    return all;
  }

  private static Path key(Path folder) {
    return folder.resolve("keys").resolve("agent");
  }

  /// Returns when the process was asked to stop.
  public void awaitEnd() throws InterruptedException {
    end.await();
  }

  private void endAndWait() {
    end.countDown();
    try {
      closed.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    agent.close();
    release(data);
    closed.countDown();
  }

  private static void release(DataFolder data) {
    try {
      data.close();
    } catch (IOException e) {
      LOG.warn("data folder was not released cleanly", e);
    }
  }
}
