package dev.modgate.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLEncoder;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Follows one sync until nothing more happens to it by itself. The sync does not depend on it: it
/// goes on when the command is interrupted, which is said then.
final class Following {
  private static final String STATUS = "/api/v1/status";
  private static final Duration POLL = Duration.ofMillis(100);
  private static final Duration REDRAW = Duration.ofMillis(500);

  /// A server that has no stream for us is asked less often.
  private static final Duration AWAY = Duration.ofSeconds(1);

  /// The server says something every 15 s.
  private static final Duration SILENCE = Duration.ofMinutes(1);

  private final ApiClient api;
  private final String status;
  private final Duration patience;

  /// @param status the command that shows how Modgate is doing
  Following(ApiClient api, String status) {
    this(api, status, Duration.ofSeconds(15));
  }

  /// @param patience how long the server may be silent; a request under way is ended by its own
  ///   limit
  Following(ApiClient api, String status, Duration patience) {
    this.api = api;
    this.status = status;
    this.patience = patience;
  }

  /// @param accepted the answer to the request for the sync
  /// @param all whether to return all modules, not only those with problems; shows no progress then
  /// @throws CliException when the server falls silent in the middle
  JsonNode toTheEnd(JsonNode accepted, Project project, boolean all) {
    String id = Output.text(accepted.path("id"));
    String path = "/api/v1/syncs/" + id + "?modules=";
    try (Progress progress = Progress.on(project.label(), all)) {
      Thread interrupted =
          new Thread(() ->
              progress.end(
                  "interrupted; sync "
                      + id
                      + " goes on without this command, look with: "
                      + status));
      Runtime.getRuntime().addShutdownHook(interrupted);
      try {
        JsonNode sync = get(path + "none", id);
        while (!sync.path("settled").asBoolean(false)) {
          sync = follow(id, sync, progress);
        }
        progress.show(sync, Optional::empty);
      } finally {
        stopTelling(interrupted);
      }
    }
    return allPages(path + (all ? "all" : "problems"), id);
  }

  private JsonNode allPages(String path, String id) {
    JsonNode sync = get(path, id);
    JsonNode page = sync;
    while (page.hasNonNull("next")) {
      page = get(path + "&after=" + URLEncoder.encode(page.path("next").asString(), UTF_8), id);
      ((ArrayNode) sync.path("modules")).addAll((ArrayNode) page.path("modules"));
    }
    if (sync instanceof ObjectNode whole) {
      whole.remove("next");
    }
    return sync;
  }

  /// Follows the server's events until they end: with the sync, or because the server went away,
  /// which is borne for a while.
  ///
  /// @return the sync as it was last seen
  private JsonNode follow(String id, JsonNode before, Progress progress) {
    BlockingQueue<Optional<JsonNode>> seen = new LinkedBlockingQueue<>(); // empty at the end
    Thread reader =
        Thread.ofVirtual()
            .start(() -> {
              try {
                api.events(
                    "/api/v1/syncs/" + id + "/events",
                    event -> seen.add(Optional.of(event.data())));
              } catch (CliException e) {
                // whether it matters shows itself when the sync is asked for
              } finally {
                seen.add(Optional.empty());
              }
            });
    JsonNode last = before;
    boolean heardOf = false;
    try {
      long heard = System.nanoTime();
      while (System.nanoTime() - heard < SILENCE.toNanos()) {
        progress.show(last, this::waitingReason);
        Optional<JsonNode> next = seen.poll(REDRAW.toMillis(), TimeUnit.MILLISECONDS);
        if (next == null) {
          continue;
        }
        if (next.isEmpty()) {
          break;
        }
        heard = System.nanoTime();
        last = next.get();
        heardOf = true;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw CliException.failed("interrupted");
    } finally {
      reader.interrupt();
    }
    Background.pause(heardOf ? POLL : AWAY);
    return get("/api/v1/syncs/" + id + "?modules=none", id);
  }

  private Optional<String> waitingReason() {
    try {
      return Waiting.reason(api.get(STATUS));
    } catch (CliException e) {
      return Optional.ofNullable(e.getMessage());
    }
  }

  private JsonNode get(String path, String id) {
    long start = System.nanoTime();
    while (true) {
      try {
        return api.get(path);
      } catch (CliException e) {
        if (e.exitCode() != ExitCode.NOT_REACHABLE) {
          throw e;
        }
        if (System.nanoTime() - start > patience.toNanos()) {
          throw CliException.notReachable(
              "Modgate fell silent in the middle of sync "
                  + id
                  + "; what it took is kept, and goes on when it runs again: "
                  + e.getMessage());
        }
        Background.pause(POLL);
      }
    }
  }

  private static void stopTelling(Thread interrupted) {
    try {
      Runtime.getRuntime().removeShutdownHook(interrupted);
    } catch (IllegalStateException e) {
      // the process is ending: it is being told
    }
  }
}
