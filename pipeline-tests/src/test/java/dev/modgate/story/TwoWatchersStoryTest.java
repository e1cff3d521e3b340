package dev.modgate.story;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.modgate.broker.LocalBroker;
import dev.modgate.pipeline.event.ModuleRequested;
import dev.modgate.testsupport.GitRepository;
import dev.modgate.testsupport.GitServer;
import dev.modgate.testsupport.PostgresServer;
import dev.modgate.watcher.WatcherApplication;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.databind.JsonNode;

/// Two watchers on one PostgreSQL.
final class TwoWatchersStoryTest {
  private static final int REPOSITORIES = 10;
  private static final int MODULES = 2 * REPOSITORIES + 2;
  private static final String SECRET = "correct horse battery staple";
  private static final String HASH = "h1:47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=";

  @TempDir Path folder;

  @Test
  void eachCommitIsReadOnceAndEachModuleIsRequestedOnceWhoeverHearsOfIt() throws Exception {
    String database = database();
    Files.writeString(folder.resolve("secret"), SECRET);
    Files.createDirectory(folder.resolve("git"));
    List<GitRepository> repositories =
        IntStream.range(0, REPOSITORIES)
            .mapToObj(i -> GitRepository.create(folder.resolve("git"), "r" + i))
            .toList();
    try (GitServer git = GitServer.start(folder.resolve("git"));
        LocalBroker broker = LocalBroker.start(folder.resolve("kafka"), 0);
        var first = watcher("first", broker, database);
        var second = watcher("second", broker, database);
        var one = api(first);
        var two = api(second);
        var topic = new RequestTopic(broker.bootstrapServers())) {
      for (int i = 0; i < REPOSITORIES; i++) {
        one.source(
            "r" + i,
            "{'git':'%s','host':'generic','secrets':['file:%s'],'poll':'5s'}"
                .formatted(git.url("r" + i), folder.resolve("secret")));
      }

      var commits = new TreeSet<String>();
      for (int round = 0; round < 2; round++) {
        var hooks = new ArrayList<Callable<Void>>();
        for (int i = 0; i < REPOSITORIES; i++) {
          String name = "r" + i;
          String commit = repositories.get(i).write("go.sum", goSum(name, round)).push();
          commits.add(name + " " + commit);
          // in the first round the host sends it to both, in the second to one in turn
          for (WatcherApi to : round == 0 ? List.of(one, two) : List.of(i % 2 == 0 ? one : two)) {
            hooks.add(() -> {
              to.hook(name, SignedPush.generic(name, commit, SECRET));
              return null;
            });
          }
        }
        atOnce(hooks);
        await().atMost(Site.LIMIT).until(() -> synced(two).keySet().equals(commits));
      }

      await().atMost(Site.LIMIT).until(() -> states(one).equals(Set.of("done")));
      await().atMost(Site.LIMIT).until(() -> topic.all().size() >= MODULES);
      assertThat(new HashSet<>(synced(one).values())).as("syncs").hasSameSizeAs(commits);
      assertThat(one.get("/api/v1/syncs?limit=100")).hasSameSizeAs(commits);
      assertThat(topic.all())
          .extracting(ModuleRequested::module)
          .doesNotHaveDuplicates()
          .hasSize(MODULES);
    }
  }

  private static String database() throws Exception {
    return switch (PostgresServer.start()) {
      case PostgresServer.Start.Running(var url, _) -> url;
      case PostgresServer.Start.Missing(var reason) -> Assumptions.abort(reason);
    };
  }

  private ConfigurableApplicationContext watcher(String name, LocalBroker broker, String database) {
    return WatcherApplication.builder()
        .run(
            "--modgate.kafka.bootstrap-servers=" + broker.bootstrapServers(),
            "--modgate.watcher.port=0",
            "--modgate.watcher.database.url=" + database,
            "--modgate.watcher.hooks.gather=100ms",
            "--modgate.watcher.git.folder=" + folder.resolve("read-" + name));
  }

  private static WatcherApi api(ConfigurableApplicationContext watcher) {
    String port = watcher.getEnvironment().getProperty("local.server.port");
    return new WatcherApi("http://127.0.0.1:" + port);
  }

  private static void atOnce(List<Callable<Void>> hooks) throws Exception {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Future<Void> hook : threads.invokeAll(hooks)) {
        hook.get();
      }
    }
  }

  /// All need one module that all others need too, and one of their own.
  private static String goSum(String name, int round) {
    return "example.com/common v1.%2$d.0 %3$s\nexample.com/%1$s v1.%2$d.0 %3$s\n"
        .formatted(name, round, HASH);
  }

  /// Syncs by `source commit`.
  private static Map<String, String> synced(WatcherApi watcher) throws Exception {
    var synced = new TreeMap<String, String>();
    for (int i = 0; i < REPOSITORIES; i++) {
      for (JsonNode seen : watcher.get("/api/v1/sources/r" + i + "/commits")) {
        String before =
            synced.put(
                "r" + i + " " + seen.path("commit").asString(), seen.path("sync").asString());
        assertThat(before).as("a commit that is seen twice").isNull();
      }
    }
    return synced;
  }

  private static Set<String> states(WatcherApi watcher) throws Exception {
    var states = new HashSet<String>();
    for (JsonNode delivery : watcher.get("/api/v1/deliveries?limit=100").path("deliveries")) {
      states.add(delivery.path("run").path("state").asString("done"));
    }
    return states;
  }
}
