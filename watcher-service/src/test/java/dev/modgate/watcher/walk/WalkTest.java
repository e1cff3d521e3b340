package dev.modgate.watcher.walk;

import static dev.modgate.watcher.database.Answers.HASH;
import static dev.modgate.watcher.database.Answers.deferred;
import static dev.modgate.watcher.database.Answers.published;
import static dev.modgate.watcher.database.Answers.verified;
import static org.assertj.core.api.Assertions.assertThat;

import dev.modgate.gomod.graph.GraphLimits;
import dev.modgate.pipeline.event.DeferReason;
import dev.modgate.pipeline.event.ModuleRequested;
import dev.modgate.watcher.catalog.GoMods;
import dev.modgate.watcher.database.OnEachDatabase;
import dev.modgate.watcher.plan.Closure;
import dev.modgate.watcher.plan.Plan;
import dev.modgate.watcher.plan.PrivateModules;
import dev.modgate.watcher.sync.SyncView;
import dev.modgate.watcher.sync.Walks;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class WalkTest extends OnEachDatabase {
  private static final PrivateModules PRIVATE = PrivateModules.of("*.corp.example");

  private final Map<String, String> world = new HashMap<>();
  private final Set<String> asked = new HashSet<>();
  private WalkWorker worker;

  @BeforeEach
  void begin() {
    worker = worker(GraphLimits.DEFAULT);
  }

  private WalkWorker worker(GraphLimits limits) {
    var walker = new Walker(new GoMods(watcher.jdbc), new WalkItems(watcher.jdbc), watcher.clock);
    return new WalkWorker(
        new Walks(watcher.jdbc), walker, watcher.growth, PRIVATE, limits, watcher.clock);
  }

  @Test
  void asksForTheGoModsLevelByLevelAndForTheZipsOfTheBuildList() {
    world("example.com/a@v1.0.0", "go 1.16", "example.com/b v1.0.0", "example.com/c v1.1.0");
    world("example.com/b@v1.0.0", "go 1.16", "example.com/c v1.0.0");
    world("example.com/c@v1.0.0", "go 1.16");
    world("example.com/c@v1.1.0", "go 1.16");

    String sync = sync("example.com/a v1.0.0");
    assertThat(watcher.view(sync).growing()).isTrue();
    walkToTheEnd();

    assertThat(watcher.view(sync).state()).isEqualTo("done");
    assertThat(watcher.view(sync).growing()).isFalse();
    assertThat(wants(sync))
        .containsExactlyInAnyOrder(
            "zip example.com/a@v1.0.0",
            "zip example.com/b@v1.0.0",
            "zip example.com/c@v1.1.0",
            "mod example.com/c@v1.0.0");
  }

  @Test
  void levelsThatAreKnownTakeNoTrip() {
    world("example.com/a@v1.0.0", "go 1.16", "example.com/b v1.0.0");
    world("example.com/b@v1.0.0", "go 1.16");
    sync("example.com/a v1.0.0");
    walkToTheEnd();
    asked.clear();

    String again = sync("example.com/a v1.0.0");
    walk();

    assertThat(watcher.requests()).isEmpty();
    assertThat(watcher.view(again).state()).isEqualTo("done");
    assertThat(watcher.view(again).counts()).containsEntry("total", 2L);
  }

  @Test
  void aVersionThatNobodyHasIsNamedWithItsChainAndTheRestComesInside() {
    world("example.com/a@v1.0.0", "go 1.16", "example.com/gone v1.0.0", "example.com/b v1.0.0");
    world("example.com/b@v1.0.0", "go 1.16");

    String sync = sync("example.com/a v1.0.0");
    walkToTheEnd();

    SyncView view = watcher.view(sync);
    assertThat(view.state()).isEqualTo("failed");
    assertThat(view.failure())
        .contains("example.com/gone@v1.0.0")
        .contains("required by example.com/main → example.com/a@v1.0.0");
    assertThat(view.counts()).containsEntry("inside", 2L).containsEntry("absent", 1L);
  }

  @Test
  void whatVanishedAndCameBackIsFoundByARetry() {
    world("example.com/a@v1.0.0", "go 1.16", "example.com/gone v1.0.0");
    String sync = sync("example.com/a v1.0.0");
    walkToTheEnd();

    world("example.com/gone@v1.0.0", "go 1.16", "example.com/b v1.0.0");
    world("example.com/b@v1.0.0", "go 1.16");
    watcher.changes.retry(sync);
    walkToTheEnd();

    assertThat(watcher.view(sync).state()).isEqualTo("done");
    assertThat(watcher.view(sync).failure()).isNull();
    assertThat(watcher.view(sync).counts()).containsEntry("inside", 3L);
  }

  @Test
  void aCycleEnds() {
    world("example.com/a@v1.0.0", "go 1.16", "example.com/b v1.0.0");
    world("example.com/b@v1.0.0", "go 1.16", "example.com/a v1.0.0", "example.com/main v0.9.0");
    world("example.com/main@v0.9.0", "go 1.16", "example.com/b v1.0.0");

    String sync = sync("example.com/a v1.0.0");
    walkToTheEnd();

    assertThat(watcher.view(sync).state()).isEqualTo("done");
  }

  @Test
  void aGraphThatIsTooLargeEndsInASentence() {
    worker = worker(new GraphLimits(10, 100));
    for (int i = 0; i < 20; i++) {
      world("example.com/m" + i + "@v1.0.0", "go 1.16", "example.com/m" + (i + 1) + " v1.0.0");
    }

    String sync = sync("example.com/m0 v1.0.0");
    walkToTheEnd();

    assertThat(watcher.view(sync).state()).isEqualTo("failed");
    assertThat(watcher.view(sync).failure()).contains("more than 10");
  }

  @Test
  void privateNamesAreNeverAskedFor() {
    world("example.com/a@v1.0.0", "go 1.16", "git.corp.example/secret v1.0.0");

    String sync = sync("example.com/a v1.0.0");
    walkToTheEnd();

    assertThat(asked).containsOnly("example.com/a@v1.0.0");
    assertThat(watcher.view(sync).state()).isEqualTo("done");
    assertThat(watcher.view(sync).notes())
        .contains("git.corp.example/secret@v1.0.0: private, not requested");
  }

  @Test
  void aWorkerThatLostItsMemoryGoesOnWhereItWas() {
    world("example.com/a@v1.0.0", "go 1.16", "example.com/b v1.0.0");
    world("example.com/b@v1.0.0", "go 1.16", "example.com/c v1.0.0");
    world("example.com/c@v1.0.0", "go 1.16");
    String sync = sync("example.com/a v1.0.0");

    while (watcher.view(sync).state().equals("running")) {
      worker = worker(GraphLimits.DEFAULT);
      walk();
      answer();
    }

    assertThat(watcher.view(sync).state()).isEqualTo("done");
    assertThat(watcher.view(sync).counts()).containsEntry("inside", 3L);
  }

  @Test
  void whatIsPutOffKeepsTheSyncGrowing() {
    String sync = sync("example.com/a v1.0.0");
    walk();

    watcher.answer(deferred(watcher.request(), DeferReason.UPSTREAM_FAILED));
    walk();

    assertThat(watcher.view(sync).state()).isEqualTo("running");
    assertThat(watcher.view(sync).settled()).isTrue();
    assertThat(watcher.view(sync).growing()).isTrue();
  }

  @Test
  void aModuleThatIsInsideSinceBeforeGoModsWereKeptIsReadOnceMore() {
    world("example.com/a@v1.0.0", "go 1.16", "example.com/b v1.0.0");
    world("example.com/b@v1.0.0", "go 1.16");
    watcher.syncByName("before", "example.com/a@v1.0.0");
    watcher.answer(published(watcher.request(), HASH));

    String sync = sync("example.com/a v1.0.0");
    walkToTheEnd();

    assertThat(watcher.view(sync).state()).isEqualTo("done");
    assertThat(watcher.view(sync).counts()).containsEntry("inside", 2L);
  }

  @Test
  void aCancelledSyncAsksForNothingMore() {
    world("example.com/a@v1.0.0", "go 1.16", "example.com/b v1.0.0");
    String sync = sync("example.com/a v1.0.0");
    walk();

    watcher.changes.cancel(sync);
    walk();

    assertThat(watcher.requests()).isEmpty();
    assertThat(watcher.view(sync).state()).isEqualTo("cancelled");
    assertThat(watcher.view(sync).counts()).containsEntry("withdrawn", 1L);
  }

  private void world(String module, String go, String... requires) {
    var text = new StringBuilder("module " + module.substring(0, module.indexOf('@')) + "\n");
    text.append(go).append('\n');
    for (String require : requires) {
      text.append("require ").append(require).append('\n');
    }
    world.put(module, text.toString());
  }

  private String sync(String... requires) {
    var text = new StringBuilder("module example.com/main\ngo 1.16\n");
    for (String require : requires) {
      text.append("require ").append(require).append('\n');
    }
    var closure =
        new Closure(null, List.of(new Closure.File("go.mod", text.toString())), List.of());
    return watcher.syncs.accept("test", new Plan(List.of(), List.of()).walking(List.of(closure)));
  }

  private void walkToTheEnd() {
    walk();
    while (answer()) {
      walk();
    }
  }

  private void walk() {
    while (worker.walkOne()) {
      // more may be due
    }
  }

  /// As the stages would.
  private boolean answer() {
    List<ModuleRequested> requests = watcher.requests();
    for (ModuleRequested request : requests) {
      asked.add(request.module().toString());
      String goMod = world.get(request.module().toString());
      if (goMod == null) {
        watcher.answer(deferred(request, DeferReason.NOT_FOUND));
      } else {
        watcher.answer(verified(request, HASH, goMod));
        watcher.answer(published(request, HASH));
      }
    }
    return !requests.isEmpty();
  }

  private Set<String> wants(String sync) {
    var wants = new TreeSet<String>();
    for (SyncView.Item item : java.util.Objects.requireNonNull(watcher.view(sync).modules())) {
      wants.add(item.want() + " " + item.module());
    }
    return wants;
  }
}
