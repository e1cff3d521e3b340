package dev.modgate.story;

import dev.modgate.story.Cluster.Service;
import dev.modgate.testsupport.PostgresServer;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;

/// Blows against a running cluster, one after another, in an order that a seed decides.
final class Chaos {
  /// What happens.
  enum Blow {
    /// `kill -9`, and a start.
    KILL,
    /// `kill`, and a start after the end.
    TERMINATE,
    /// Stands still for some seconds, and goes on.
    FREEZE,
    /// The broker is killed and started.
    BROKER_KILLED,
    /// The folder of the zone store is away for some seconds.
    ZONE_AWAY,
    /// The folder of the blob store is away for some seconds.
    BLOBS_AWAY,
    /// The database server is stopped for some seconds; without PostgreSQL here, nothing happens.
    DATABASE_AWAY
  }

  private static final Duration DRAIN = Duration.ofMinutes(2);

  private static final List<Service> STAGES =
      List.of(Service.WATCHER, Service.FETCHER, Service.VERIFIER, Service.PUBLISHER);

  private final Cluster cluster;
  private final Path folder;
  private final Optional<PostgresServer> database;
  private final Random random;
  private final Map<Blow, Integer> counts = new EnumMap<>(Blow.class);
  private final Map<String, Integer> services = new TreeMap<>();

  Chaos(Cluster cluster, Path folder, Optional<PostgresServer> database, long seed) {
    this.cluster = cluster;
    this.folder = folder;
    this.database = database;
    this.random = new Random(seed);
  }

  /// Half of them kill.
  void strike() throws Exception {
    Blow blow =
        random.nextBoolean() ? Blow.KILL : Blow.values()[random.nextInt(Blow.values().length)];
    Service service = STAGES.get(random.nextInt(STAGES.size()));
    counts.merge(blow, 1, Integer::sum);
    switch (blow) {
      case KILL -> {
        struck(service);
        cluster.kill(service);
        cluster.start(service);
      }
      case TERMINATE -> {
        struck(service);
        cluster.process(service).terminate();
        var _ = cluster.process(service).await(DRAIN);
        cluster.start(service);
      }
      case FREEZE -> {
        struck(service);
        cluster.process(service).signal("STOP");
        pause(2, 10); // longer than a session of some seconds, now and then
        cluster.process(service).signal("CONT");
      }
      case BROKER_KILLED -> cluster.restartBroker();
      case ZONE_AWAY -> away(folder.resolve("inner"));
      case BLOBS_AWAY -> away(folder.resolve("outer"));
      case DATABASE_AWAY -> {
        if (database.isPresent()) {
          database.get().stop();
          pause(2, 8);
          if (!database.get().startAgain()) {
            throw new IOException("the database server does not start again");
          }
        }
      }
    }
  }

  /// @param from least seconds
  /// @param to most seconds
  void pause(int from, int to) throws InterruptedException {
    Thread.sleep(Duration.ofMillis(random.nextInt(from * 1000, to * 1000)));
  }

  private void struck(Service service) {
    services.merge(service.name(), 1, Integer::sum);
  }

  private void away(Path store) throws Exception {
    Path elsewhere = store.resolveSibling(store.getFileName() + ".away");
    if (!Files.isDirectory(store)) {
      return; // nobody made it yet
    }
    Files.move(store, elsewhere);
    pause(1, 4);
    back(elsewhere, store);
  }

  /// A service that starts meanwhile makes its folder, as it would make a missing one.
  private static void back(Path elsewhere, Path store) throws IOException, InterruptedException {
    for (int i = 0; ; i++) {
      try {
        Files.move(elsewhere, store);
        return;
      } catch (FileSystemException e) {
        if (i == 50) {
          throw e;
        }
        Files.move(store, store.resolveSibling(store.getFileName() + ".made" + System.nanoTime()));
        Thread.sleep(20);
      }
    }
  }

  /// How often what hit whom.
  String report() {
    return "blows " + counts + ", processes " + services;
  }

  int killed() {
    return services.values().stream().mapToInt(n -> n).sum()
        + counts.getOrDefault(Blow.BROKER_KILLED, 0);
  }
}
