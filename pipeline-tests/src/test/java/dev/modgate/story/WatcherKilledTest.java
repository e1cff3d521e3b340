package dev.modgate.story;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.modgate.broker.LocalBroker;
import dev.modgate.pipeline.event.ModuleRequested;
import dev.modgate.pipeline.event.RequestId;
import dev.modgate.testsupport.GitRepository;
import dev.modgate.testsupport.GitServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// `kill -9` of a watcher with webhooks on their way through it.
final class WatcherKilledTest {
  private static final int REPOSITORIES = 40;
  private static final int LARGE = 12_000;
  private static final int SENT_AT_ONCE = 500; // the relay's batch
  private static final String SECRET = "correct horse battery staple";
  private static final String HASH = "h1:47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=";
  private static final String COMMON = "example.com/common@v1.0.0";
  private static final Duration LIMIT = Duration.ofMinutes(3);

  @TempDir Path folder;

  private record Pushed(String source, String commit) {
    void tell(WatcherProcess watcher) throws Exception {
      watcher.api().hook(source, SignedPush.generic(source, commit, SECRET));
    }
  }

  @Test
  void nothingIsLostAndNothingIsAskedTwiceWhereverItIsKilled() throws Exception {
    Files.writeString(folder.resolve("secret"), SECRET);
    Files.createDirectory(folder.resolve("git"));
    List<GitRepository> repositories =
        IntStream.range(0, REPOSITORIES).mapToObj(i -> create("r" + i)).toList();
    GitRepository large = create("large");
    try (GitServer git = GitServer.start(folder.resolve("git"));
        LocalBroker broker = LocalBroker.start(folder.resolve("kafka"), 0);
        WatcherProcess watcher = WatcherProcess.start(folder, broker.bootstrapServers());
        var topic = new RequestTopic(broker.bootstrapServers())) {
      for (int i = 0; i < REPOSITORIES; i++) {
        declare(watcher, git, "r" + i);
      }
      declare(watcher, git, "large");

      git.misbehave(new GitServer.Fault.On("/r7.git/info/refs", new GitServer.Fault.Silent()));
      var pushed = new ArrayList<Pushed>();
      for (int i = 1; i < REPOSITORIES; i++) {
        pushed.add(commit(repositories.get(i), "r" + i, 1));
      }
      pushed.add(commit(repositories.getFirst(), "r0", 1));
      pushed.add(commit(repositories.getFirst(), "r0", 2));
      for (Pushed each : pushed) {
        each.tell(watcher);
      }
      watcher.kill(); // right after the last 202

      watcher.startAgain();
      await()
          .pollInterval(Duration.ofMillis(20))
          .atMost(LIMIT)
          .until(() ->
              states(watcher, "r7"::equals).contains("running")
                  && states(watcher, _ -> true).contains("done"));
      watcher.kill(); // while some are read

      git.misbehave(new GitServer.Fault.None());
      watcher.startAgain();
      pushed.add(commit(large, "large", LARGE));
      pushed.getLast().tell(watcher);
      await()
          .pollInterval(Duration.ofMillis(5))
          .atMost(LIMIT)
          .until(() -> topic.all().size() > REPOSITORIES + SENT_AT_ONCE);
      watcher.kill(); // while requests are sent
      assertThat(topic.all()).as("sent at the kill").hasSizeLessThan(LARGE);

      watcher.startAgain();
      assertEveryDeliveryLedToASync(watcher, pushed);
      var wanted = new HashSet<>(modules("large", LARGE));
      IntStream.range(0, REPOSITORIES).forEach(i -> wanted.addAll(modules("r" + i, 1)));
      wanted.addAll(modules("r0", 2));
      wanted.add(COMMON);
      await().atMost(LIMIT).untilAsserted(() -> assertThat(names(topic.all())).isEqualTo(wanted));
      assertNothingIsAskedTwiceThatMatters(topic.all());
    }
  }

  private GitRepository create(String name) {
    return GitRepository.create(folder.resolve("git"), name);
  }

  private void declare(WatcherProcess watcher, GitServer git, String name) throws Exception {
    watcher
        .api()
        .source(
            name,
            "{'git':'%s','host':'generic','secrets':['file:%s'],'poll':'0s'}"
                .formatted(git.url(name), folder.resolve("secret")));
  }

  private static Pushed commit(GitRepository repository, String name, int modules) {
    return new Pushed(name, repository.write("go.sum", goSum(modules(name, modules))).push());
  }

  private static List<String> modules(String prefix, int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> "example.com/" + prefix + "/m" + i + "@v1.0.0")
        .toList();
  }

  /// All need one module in common.
  private static String goSum(List<String> modules) {
    return modules.stream()
            .map(module -> module.replace('@', ' ') + " " + HASH + "\n")
            .collect(Collectors.joining())
        + COMMON.replace('@', ' ')
        + " "
        + HASH
        + "\n";
  }

  private static JsonNode deliveries(WatcherProcess watcher) throws Exception {
    return watcher.api().get("/api/v1/deliveries?limit=100").path("deliveries");
  }

  private static Set<String> states(WatcherProcess watcher, Predicate<String> source)
      throws Exception {
    var states = new HashSet<String>();
    for (JsonNode delivery : deliveries(watcher)) {
      if (source.test(delivery.path("source").asString())) {
        states.add(delivery.path("run").path("state").asString(""));
      }
    }
    return states;
  }

  private static Set<String> names(List<ModuleRequested> requests) {
    return requests.stream().map(it -> it.module().toString()).collect(toSet());
  }

  private static void assertEveryDeliveryLedToASync(WatcherProcess watcher, List<Pushed> pushed)
      throws Exception {
    await().atMost(LIMIT).until(() -> states(watcher, _ -> true).equals(Set.of("done")));
    var ledTo = new HashMap<Pushed, String>();
    var coalesced = new HashMap<Pushed, String>();
    var joined = new HashSet<String>();
    for (JsonNode delivery : deliveries(watcher)) {
      JsonNode ref = delivery.path("refs").path(0);
      JsonNode run = delivery.path("run");
      var push = new Pushed(delivery.path("source").asString(), ref.path("commit").asString());
      if (ref.path("sync").isMissingNode()) {
        coalesced.put(push, run.path("id").asString());
      } else {
        ledTo.put(push, ref.path("sync").asString());
      }
      if (run.path("coalesced").asBoolean()) {
        joined.add(run.path("id").asString());
      }
    }
    assertThat(joined).as("runs that took a later push too").containsAll(coalesced.values());
    var all = new HashSet<>(ledTo.keySet());
    all.addAll(coalesced.keySet());
    assertThat(all).containsExactlyInAnyOrderElementsOf(pushed);
    assertThat(new HashSet<>(ledTo.values()))
        .as("syncs of their own")
        .hasSameSizeAs(ledTo.keySet());
    assertThat(watcher.api().get("/api/v1/syncs?limit=100")).hasSameSizeAs(ledTo.keySet());
  }

  /// What was sent when the watcher was killed, and not noted yet, is sent once more as the same
  /// request.
  private static void assertNothingIsAskedTwiceThatMatters(List<ModuleRequested> requests) {
    Map<String, Set<RequestId>> ids =
        requests.stream()
            .collect(
                groupingBy(
                    it -> it.module() + " " + it.want(), mapping(it -> it.request(), toSet())));

    assertThat(ids.values()).allSatisfy(each -> assertThat(each).hasSize(1));
    assertThat(requests.size() - ids.size())
        .as("sent again")
        .isLessThanOrEqualTo(SENT_AT_ONCE + REPOSITORIES);
  }
}
