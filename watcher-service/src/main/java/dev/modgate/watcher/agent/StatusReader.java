package dev.modgate.watcher.agent;

import dev.modgate.gomod.note.SignedNote;
import dev.modgate.gomod.note.SigningKey;
import dev.modgate.gomod.note.VerifierKey;
import dev.modgate.pipeline.stage.Fatal;
import dev.modgate.watcher.carry.InFolder;
import dev.modgate.watcher.wantlist.RefusedException;
import dev.modgate.watcher.wantlist.StatusPage;
import dev.modgate.watcher.wantlist.StatusRequest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Asks the watcher again and again how the commits are, or looks into the folder that comes back
/// from it.
final class StatusReader implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(StatusReader.class);

  private final From from;
  private final List<VerifierKey> watcherKeys;
  private final HeardStatuses heard;
  private final Duration every;
  private final Clock clock;
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("agent-statuses").factory());
  private String told = "";

  /// Where statuses come from.
  sealed interface From {
    /// @param key signs the question
    record Http(Watcher watcher, SigningKey key) implements From {}

    record Folder(InFolder folder, String agent) implements From {}

    /// The path is one-way.
    record Nowhere() implements From {}
  }

  /// @param watcherKeys pinned
  StatusReader(
      From from, List<VerifierKey> watcherKeys, HeardStatuses heard, Duration every, Clock clock) {
    this.from = from;
    this.watcherKeys = List.copyOf(watcherKeys);
    this.heard = heard;
    this.every = every;
    this.clock = clock;
  }

  void start() {
    var _ =
        timer.scheduleWithFixedDelay(
            this::tick, every.toMillis(), every.toMillis(), TimeUnit.MILLISECONDS);
  }

  private void tick() {
    try {
      read();
      told = "";
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // closed
    } catch (IOException | RefusedException | RuntimeException e) {
      String why = "no statuses come from the watcher: " + e.getMessage();
      if (!why.equals(told)) {
        told = why;
        LOG.warn("{}", why);
      }
    } catch (Error e) {
      Fatal.halt("the reader of statuses", e);
    }
  }

  /// All that is there now.
  void read() throws IOException, InterruptedException, RefusedException {
    switch (from) {
      case From.Http(var watcher, var key) -> ask(watcher, key);
      case From.Folder(var folder, var agent) -> look(folder, agent);
      case From.Nowhere() -> {}
    }
  }

  private void ask(Watcher watcher, SigningKey key)
      throws IOException, InterruptedException, RefusedException {
    String agent = key.verifierKey().name();
    StatusPage page;
    do {
      long after = heard.last(agent);
      var request = new StatusRequest(agent, after, clock.instant());
      byte[] answer = watcher.statuses(request.write(key).getBytes(StandardCharsets.UTF_8));
      page = StatusPage.open(answer, watcherKeys);
      if (!page.agent().equals(agent) || page.after() != after) {
        throw new IOException(
            "the statuses are for "
                + page.agent()
                + " after "
                + page.after()
                + ", want "
                + agent
                + " after "
                + after);
      }
      heard.take(page);
    } while (page.statuses().size() == StatusPage.MOST_STATUSES);
  }

  /// One file that can't be read does not keep the others.
  private void look(InFolder folder, String agent) throws IOException {
    IOException failed = null;
    for (Path file : folder.files()) {
      try (InputStream in = folder.open(file)) {
        StatusPage page = StatusPage.open(in.readNBytes(SignedNote.MAX_BYTES + 1), watcherKeys);
        if (page.agent().equals(agent)) {
          heard.take(page);
        }
        folder.done(file);
      } catch (RefusedException e) {
        if (folder.settled(file)) {
          LOG.warn("statuses {} are not believed, and set aside: {}", file, e.sentence());
          folder.setAside(file);
        }
      } catch (IOException e) {
        failed = e;
      }
    }
    if (failed != null) {
      throw failed;
    }
  }

  @Override
  public void close() {
    timer.shutdownNow();
  }
}
