package dev.modgate.watcher.group;

import static org.assertj.core.api.Assertions.assertThat;

import dev.modgate.testsupport.FakeHost;
import dev.modgate.testsupport.Fault;
import dev.modgate.watcher.catalog.ModuleRows;
import dev.modgate.watcher.database.OnEachDatabase;
import dev.modgate.watcher.host.GroupPages;
import dev.modgate.watcher.host.HostClient;
import dev.modgate.watcher.host.HostSources;
import dev.modgate.watcher.source.GitUrl;
import dev.modgate.watcher.source.HostKind;
import dev.modgate.watcher.source.RefPattern;
import dev.modgate.watcher.source.Source;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class GroupWorkerTest extends OnEachDatabase {
  private static final String TOKEN = "token-0123456789";
  private static final Duration EVERY = Duration.ofMinutes(10);

  @TempDir Path folder;
  private final FakeHost host = FakeHost.start().requireToken(TOKEN);
  private final HostSources sources = new HostSources();
  private HostClient client;
  private Groups groups;

  @BeforeEach
  void start() throws Exception {
    Files.writeString(folder.resolve("token"), TOKEN);
    client = new HostClient(Duration.ofSeconds(20), () -> 0L, watcher.clock);
    groups = new Groups(watcher.jdbc, watcher.transaction, watcher.clock);
  }

  @AfterEach
  void stop() {
    client.close();
    host.close();
  }

  @ParameterizedTest
  @EnumSource(names = {"GITHUB", "GITLAB", "GITEA"})
  void fortyRepositoriesAreSizedImportedAndJoinedByOneMore(HostKind kind) throws Exception {
    declare(kind, List.of(), List.of());
    IntStream.range(0, 40).forEach(i -> host.add("pay/r" + i));

    look();
    assertThat(view().state()).isEqualTo("sized");
    assertThat(view().waiting()).isEqualTo(40);
    assertThat(view().names()).hasSize(40).contains("pay/r0", "pay/r39");
    assertThat(view().sentence()).isEqualTo("40 repositories wait for the import");
    assertThat(host.requests()).hasSize(3);
    assertThat(groups.joined("pay")).isEmpty();

    assertThat(groups.confirm("pay")).isTrue();
    assertThat(groups.joined("pay")).hasSize(40);

    host.add("pay/new");
    later();
    assertThat(view().state()).isEqualTo("imported");
    assertThat(groups.joined("pay")).hasSize(41).contains("pay/new");
  }

  @Test
  void aSmallGroupIsImportedAtOnce() throws Exception {
    declare(HostKind.GITLAB, List.of(), List.of());
    host.add("pay/api", "pay/backend/web");

    look();

    assertThat(view().state()).isEqualTo("imported");
    assertThat(groups.joined("pay")).containsExactly("pay/api", "pay/backend/web");
  }

  @Test
  void aSizedGroupGrowsUntilSomebodyConfirmsIt() throws Exception {
    declare(HostKind.GITEA, List.of(), List.of());
    IntStream.range(0, 21).forEach(i -> host.add("pay/r" + i));
    look();
    IntStream.range(2, 21).forEach(i -> host.remove("pay/r" + i));
    later();

    assertThat(view().state()).isEqualTo("sized");
    assertThat(view().waiting()).isEqualTo(2);
    assertThat(groups.confirm("pay")).isTrue();
    assertThat(groups.confirm("pay")).isTrue();
    assertThat(groups.joined("pay")).hasSize(2);
  }

  @Test
  void whatVanishesLeavesAndMayComeBack() throws Exception {
    declare(HostKind.GITEA, List.of(), List.of());
    host.add("pay/api", "pay/web");
    look();

    host.remove("pay/web");
    later();
    assertThat(groups.joined("pay")).containsExactly("pay/api", "pay/web");
    later();
    assertThat(groups.joined("pay")).containsExactly("pay/api");
    host.add("pay/web");
    later();
    assertThat(groups.joined("pay")).containsExactly("pay/api", "pay/web");
    assertThat(watcher.count("source_repository")).isEqualTo(2);
  }

  @Test
  void whatIsArchivedOrEmptyOrExcludedDoesNotJoin() throws Exception {
    declare(HostKind.GITLAB, List.of("back*/**"), List.of("**/attic-*"));
    host.add("pay/backend/api", "pay/backend/attic-x", "pay/front")
        .add(new FakeHost.Listed("pay/backend/old", true, false))
        .add(new FakeHost.Listed("pay/backend/new", false, true));

    look();

    assertThat(groups.joined("pay")).containsExactly("pay/backend/api");
  }

  @Test
  void namesThatLieAreRefusedAndSaid() throws Exception {
    declare(HostKind.GITEA, List.of(), List.of());
    host.add(
        "pay/../x",
        "../x",
        "pay/a\nb",
        "pay/a\u0000b",
        "https://elsewhere.example/pay/api",
        "other/api",
        "payment/api",
        "pay/",
        "pay",
        "",
        "pay/a b",
        "pay/-o",
        "pay/api");

    look();

    assertThat(groups.joined("pay")).containsExactly("pay/api");
    assertThat(view().sentence())
        .isEqualTo("1 repository; 12 names are no path below \"pay\", first \"pay/../x\"");
  }

  @Test
  void onlyDeclaredAddressesAreAsked() throws Exception {
    declare(HostKind.GITHUB, List.of(), List.of());
    IntStream.range(0, 20).forEach(i -> host.add("pay/r" + i));

    look();

    assertThat(host.requests()).allMatch(seen -> seen.path().startsWith("api/v3/orgs/pay/repos?"));
  }

  @Test
  void aListThatBreaksOffTakesNothingAway() throws Exception {
    declare(HostKind.GITEA, List.of(), List.of());
    IntStream.range(0, 20).forEach(i -> host.add("pay/r" + i));
    look();
    assertThat(groups.joined("pay")).hasSize(20);

    host.remove("pay/r0").add("pay/new1").fault("page=2", Fault.status(500, ""));
    IntStream.range(1, 6).forEach(i -> host.remove("pay/r" + i).add("pay/r" + i));
    later();

    assertThat(groups.joined("pay")).hasSize(21).contains("pay/r0", "pay/r1", "pay/new1");
    assertThat(view().sentence()).contains("none left").contains("answered 500");
    host.heal();
    later();
    later();
    assertThat(groups.joined("pay")).hasSize(20).doesNotContain("pay/r0").contains("pay/new1");
  }

  @Test
  void aFirstListThatBreaksOffImportsNothing() throws Exception {
    declare(HostKind.GITEA, List.of(), List.of());
    IntStream.range(0, 20).forEach(i -> host.add("pay/r" + i));
    host.fault("page=2", Fault.busy(429, 600));

    look();
    assertThat(view().state()).isEqualTo("new");
    assertThat(groups.joined("pay")).isEmpty();
    assertThat(groups.confirm("pay")).isFalse();
    host.heal();
    watcher.clock.advance(Duration.ofSeconds(599));
    look();
    assertThat(host.requests()).hasSize(2); // as the host wished
    watcher.clock.advance(Duration.ofSeconds(1));
    look();
    assertThat(groups.joined("pay")).hasSize(20);
  }

  @Test
  void anEmptyListOfAGroupThatHadSomeIsNotBelieved() throws Exception {
    declare(HostKind.GITHUB, List.of(), List.of());
    host.add("pay/api");
    look();

    host.remove("pay/api");
    later();

    assertThat(groups.joined("pay")).containsExactly("pay/api");
    assertThat(view().sentence()).contains("lack of rights");
  }

  @Test
  void aPageThatComesTwiceIsNotTheWholeList() throws Exception {
    declare(HostKind.GITEA, List.of(), List.of());
    host.add("pay/api", "pay/web");
    look();
    host.remove("pay/api").samePageAgain();

    later();

    assertThat(groups.joined("pay")).containsExactly("pay/api", "pay/web");
    assertThat(view().sentence()).contains("page twice");
  }

  @Test
  void pagesThatNeverEndDo() throws Exception {
    declare(HostKind.GITEA, List.of(), List.of());
    host.endlessPages().pageSize(500);

    look();

    assertThat(view().state()).isEqualTo("new");
    assertThat(view().sentence()).contains("more than 10000 repositories");
    assertThat(host.requests()).hasSize(21);
  }

  @Test
  void answersThatAreNoListAreSaid() throws Exception {
    declare(HostKind.GITEA, List.of(), List.of());
    host.fault("GET", 1, new Fault.Replace("application/json", "{\"a\":[]}"));
    look();
    assertThat(view().sentence()).contains("answered with no list");
    host.fault("GET", 1, Fault.html());
    later();
    assertThat(view().sentence()).contains("no JSON");
    host.fault("GET", 1, new Fault.Endless(0));
    later();
    assertThat(view().sentence()).contains("can't be asked");
    host.add("pay/api");
    later();
    assertThat(groups.joined("pay")).containsExactly("pay/api");
  }

  @Test
  void aKillWhileItIsWrittenLosesNothing() throws Exception {
    declare(HostKind.GITEA, List.of(), List.of());
    host.add("pay/api");
    watcher.crashes.loseNextCommit();
    look();
    assertThat(groups.joined("pay")).isEmpty();

    watcher.clock.advance(Duration.ofMinutes(10)); // its lease
    look();

    assertThat(groups.joined("pay")).containsExactly("pay/api");
  }

  @Test
  void aKillInTheConfirmationAsksOnceMore() throws Exception {
    declare(HostKind.GITEA, List.of(), List.of());
    IntStream.range(0, 21).forEach(i -> host.add("pay/r" + i));
    look();
    watcher.crashes.loseNextCommit();
    org.assertj.core.api.Assertions.assertThatThrownBy(() -> groups.confirm("pay"))
        .isInstanceOf(dev.modgate.watcher.database.Crashes.CrashException.class);
    assertThat(view().state()).isEqualTo("sized");

    assertThat(groups.confirm("pay")).isTrue();

    assertThat(groups.joined("pay")).hasSize(21);
  }

  @Test
  void twoWatchersShareTheLooks() throws Exception {
    declare(HostKind.GITEA, List.of(), List.of());
    host.add("pay/api");
    try (var one = worker();
        var two = worker()) {
      one.look();
      two.look();
      one.awaitLooked();
      two.awaitLooked();
    }

    assertThat(host.requests()).hasSize(1);
    assertThat(groups.joined("pay")).containsExactly("pay/api");
  }

  @Test
  void anotherGroupUnderTheNameIsSizedAnew() throws Exception {
    declare(HostKind.GITEA, List.of(), List.of());
    host.add("pay/api");
    look();
    host.remove("pay/api");
    IntStream.range(0, 21).forEach(i -> host.add("web/r" + i));
    sources.add(
        HostSources.source("pay", HostKind.GITEA, group("web", List.of(), List.of()), token()));

    look();

    assertThat(view().state()).isEqualTo("sized");
    assertThat(groups.confirm("pay")).isTrue();
    later();
    assertThat(groups.joined("pay")).hasSize(21).doesNotContain("pay/api");
  }

  private void declare(HostKind kind, List<String> include, List<String> exclude) {
    sources.add(HostSources.source("pay", kind, group("pay", include, exclude), token()));
  }

  private Optional<Path> token() {
    return Optional.of(folder.resolve("token"));
  }

  private Source.Place.Group group(String path, List<String> include, List<String> exclude) {
    return new Source.Place.Group(
        GitUrl.parse(host.url()),
        path,
        include.stream().map(RefPattern::new).toList(),
        exclude.stream().map(RefPattern::new).toList());
  }

  private GroupWorker worker() {
    var limits = new GroupWorker.Limits(EVERY, 20);
    return new GroupWorker(
        sources, groups, new GroupPages(client), limits, () -> 0L, watcher.clock);
  }

  private void look() throws InterruptedException {
    try (var worker = worker()) {
      worker.look();
      worker.awaitLooked();
    }
  }

  private void later() throws InterruptedException {
    watcher.clock.advance(EVERY);
    look();
  }

  private GroupView view() {
    return new GroupViews(watcher.jdbc).find("pay").orElseThrow();
  }

  @Test
  void whatOneListMissesAndTheNextHasAgainStays() throws Exception {
    declare(HostKind.GITEA, List.of(), List.of());
    host.add("pay/api", "pay/web", "pay/cli");
    look();
    for (String name : List.of("pay/web", "pay/api", "pay/web")) {
      host.remove(name);
      later();
      host.add(name);
    }

    assertThat(groups.joined("pay")).containsExactly("pay/api", "pay/cli", "pay/web");
  }

  @Test
  void aListThatLacksALargePartOfTheGroupIsNotBelieved() throws Exception {
    declare(HostKind.GITHUB, List.of(), List.of());
    IntStream.range(0, 20).forEach(i -> host.add("pay/r" + i));
    look();
    IntStream.range(0, 6).forEach(i -> host.remove("pay/r" + i));

    later();
    later();
    assertThat(groups.joined("pay")).hasSize(20);
    assertThat(view().sentence())
        .isEqualTo(
            "6 of 20 repositories are not listed any more, which is taken for a lack of rights:"
                + " none left");
    host.add("pay/r0");
    later();
    later();

    assertThat(groups.joined("pay")).hasSize(15);
  }

  @Test
  void whatTheDeclarationLeavesOutLeavesAtOnceHoweverMuchItIs() throws Exception {
    declare(HostKind.GITEA, List.of(), List.of());
    IntStream.range(0, 10).forEach(i -> host.add("pay/attic-" + i, "pay/r" + i));
    look();
    declare(HostKind.GITEA, List.of(), List.of("attic-*"));

    later();

    assertThat(groups.joined("pay")).hasSize(10).noneMatch(name -> name.contains("attic"));
  }

  @Test
  void aShorterIntervalCountsAtOnce() throws Exception {
    declare(HostKind.GITEA, List.of(), List.of());
    host.add("pay/api");
    look();
    watcher.jdbc.update(
        "update source_group set next_look = ?",
        ModuleRows.time(watcher.clock.instant().plus(Duration.ofDays(1))));
    look();
    host.add("pay/web");

    later();

    assertThat(groups.joined("pay")).containsExactly("pay/api", "pay/web");
  }
}
