package dev.modgate.watcher.intake;

import dev.modgate.gomod.note.SigningKey;
import dev.modgate.pipeline.stage.Fatal;
import dev.modgate.watcher.carry.InFolder;
import dev.modgate.watcher.carry.OutFolder;
import dev.modgate.watcher.wantlist.StatusPage;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Looks again and again how the commits of agents are, reads the want lists that somebody carried
/// here, and writes statuses for somebody to carry back.
final class CarriedLists implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(CarriedLists.class);
  private static final Duration EVERY = Duration.ofSeconds(1);

  private final Agents agents;
  private final WantLists lists;
  private final AgentStatuses statuses;
  private final SigningKey key;
  private final Map<String, InFolder> folders = new LinkedHashMap<>();
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(Thread.ofPlatform().name("agents").factory());
  private final Map<String, String> told = new LinkedHashMap<>();

  /// @param key signs statuses
  CarriedLists(
      Agents agents, WantLists lists, AgentStatuses statuses, SigningKey key, Clock clock) {
    this.agents = agents;
    this.lists = lists;
    this.statuses = statuses;
    this.key = key;
    agents
        .byName()
        .values()
        .forEach(agent ->
            agent
                .folderIn()
                .ifPresent(folder ->
                    folders.put(agent.name(), new InFolder(folder, names(agent.name()), clock))));
  }

  private static Pattern names(String agent) {
    return Pattern.compile(Pattern.quote(agent) + "-([0-9]{1,19})\\.want");
  }

  void start() {
    var _ =
        timer.scheduleWithFixedDelay(
            this::tick, EVERY.toMillis(), EVERY.toMillis(), TimeUnit.MILLISECONDS);
  }

  private void tick() {
    attempt(
        "their statuses",
        () -> {
          statuses.know(agents.byName().keySet());
          statuses.refresh();
        });
    folders.forEach((agent, folder) -> attempt("the folder of " + agent, () -> read(folder)));
    agents
        .byName()
        .values()
        .forEach(agent ->
            agent
                .folderOut()
                .ifPresent(folder ->
                    attempt(
                        "the statuses of " + agent.name(),
                        () -> write(agent.name(), new OutFolder(folder)))));
  }

  private interface Work {
    void run() throws IOException, InterruptedException;
  }

  /// One agent's trouble is not the others'.
  private void attempt(String what, Work work) {
    try {
      work.run();
      told.remove(what);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // closed
    } catch (IOException | RuntimeException e) {
      if (!e.toString().equals(told.put(what, e.toString()))) {
        LOG.warn("of agents, {} can't be worked on now", what, e);
      }
    } catch (Error e) {
      Fatal.halt("the loop of agents", e);
    }
  }

  /// All want lists that are there and whole. One file that can't be read does not keep the others.
  void read(InFolder folder) throws IOException, InterruptedException {
    IOException failed = null;
    for (Path file : folder.files()) {
      try {
        read(folder, file);
      } catch (IOException e) {
        failed = e;
      }
    }
    if (failed != null) {
      throw failed;
    }
  }

  private void read(InFolder folder, Path file) throws IOException, InterruptedException {
    switch (take(folder, file)) {
      case WantLists.Outcome.Taken _ -> folder.done(file);
      case WantLists.Outcome.Busy _ -> {} // the next round looks again
      case WantLists.Outcome.Refused refused -> {
        if (folder.settled(file)) {
          lists.refused(refused, "folder");
          LOG.warn("want list {} is refused: {}", file, refused.why().sentence());
          folder.setAside(file);
        }
      }
    }
  }

  private WantLists.Outcome take(InFolder folder, Path file)
      throws IOException, InterruptedException {
    try (InputStream in = new BufferedInputStream(folder.open(file))) {
      return lists.take(in, "folder");
    }
  }

  /// What is not in the folder yet.
  void write(String agent, OutFolder folder) throws IOException {
    StatusPage page = statuses.page(agent, statuses.written(agent));
    while (!page.statuses().isEmpty()) {
      folder.put(page.fileName(), page.write(key).getBytes(StandardCharsets.UTF_8));
      statuses.written(agent, page.through());
      page = statuses.page(agent, page.through());
    }
  }

  @Override
  public void close() {
    timer.shutdownNow();
  }
}
