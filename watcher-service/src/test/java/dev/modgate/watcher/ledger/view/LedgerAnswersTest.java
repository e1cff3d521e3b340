package dev.modgate.watcher.ledger.view;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.modgate.gomod.module.ModulePath;
import dev.modgate.gomod.module.ModuleVersion;
import dev.modgate.gomod.semver.Version;
import dev.modgate.pipeline.event.Want;
import dev.modgate.watcher.api.BadRequestException;
import dev.modgate.watcher.database.OnEachDatabase;
import dev.modgate.watcher.ledger.Ledger;
import dev.modgate.watcher.ledger.NewestKnown;
import dev.modgate.watcher.plan.Plan;
import dev.modgate.watcher.plan.PlanItem;
import dev.modgate.watcher.run.FoundBy;
import dev.modgate.watcher.run.WantSink;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

/// Thirty repositories of three teams: all build with `x/text`, every fifth with an older one; each
/// has a module of its own.
class LedgerAnswersTest extends OnEachDatabase {
  private static final int REPOSITORIES = 30;
  private static final String TEXT = "golang.org/x/text";

  private final TestSources sources = new TestSources();
  private LedgerController api;
  private Drifts drifts;

  @BeforeEach
  void prepare() {
    var ledger = new Ledger(watcher.jdbc, watcher.transaction, sources, watcher.clock);
    for (int i = 0; i < REPOSITORIES; i++) {
      String name = "repo-%02d".formatted(i);
      sources.put(name, i % 3 == 0 ? "支付团队" : "team-" + i % 3, Map.of("tier", i % 2 + ""), name);
      List<PlanItem> items =
          List.of(
              item(TEXT + (i % 5 == 0 ? "@v0.1.0" : "@v0.2.0"), Want.ZIP),
              item(TEXT + "@v0.0.1", i % 2 == 0 ? Want.ZIP : Want.MOD), // what go.sum still names
              item("example.com/own-%02d@v1.0.0".formatted(i), Want.ZIP));
      var commit =
          new WantSink.Commit(
              sources.get(name, name), "c".repeat(40), "refs/heads/main", FoundBy.POLL, null);
      ledger.take(commit, "sync", new Plan(items, List.of()));
    }
    drifts = new Drifts(watcher.jdbc);
    api =
        new LedgerController(
            new LedgerViews(watcher.jdbc),
            drifts,
            new LedgerRepositories(watcher.jdbc, sources, watcher.clock));
  }

  private static PlanItem item(String module, Want want) {
    return new PlanItem(ModuleVersion.parse(module), want, List.of());
  }

  @Test
  void driftIsWhatRepositoriesBuildWithAtDifferentVersions() {
    var newest = new NewestKnown(watcher.jdbc);
    newest.seen(new ModulePath(TEXT), Version.parse("v0.3.0"), watcher.clock.instant());
    newest.seen(new ModulePath(TEXT), Version.parse("v0.2.9"), watcher.clock.instant());

    List<Drift> drift = api.drift(null, 100, null).drift();

    assertThat(drift).hasSize(1);
    assertThat(drift.getFirst().module()).isEqualTo(TEXT);
    assertThat(drift.getFirst().newestKnown()).isEqualTo("v0.3.0");
    assertThat(drift.getFirst().versions())
        .extracting(Drift.Users::version, Drift.Users::repositories, Drift.Users::behind)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple("v0.1.0", 6, true),
            org.assertj.core.groups.Tuple.tuple("v0.2.0", 24, true));
    assertThat(drift.getFirst().versions().getFirst().first())
        .contains(new Drift.User("repo-15", "repo-15", "支付团队"));
  }

  @Test
  void driftAmongAnOwnersRepositoriesAlone() {
    watcher.jdbc.update(
        "update ledger_use set version = 'v0.2.0' where version = 'v0.1.0' and repository_id in"
            + " (select id from ledger_repository where owner = 'team-1')");

    assertThat(api.drift("team-1", 100, null).drift()).isEmpty();
    assertThat(api.drift("team-2", 100, null).drift()).hasSize(1);
  }

  @Test
  void driftComesInPages() {
    var modules = new ArrayList<String>();
    for (int i = 0; i < 7; i++) {
      drifting("example.com/d" + i);
      modules.add("example.com/d" + i);
    }
    modules.add(TEXT);

    var found = new ArrayList<String>();
    @Nullable String cursor = null;
    do {
      Drifts.Page page = drifts.page(null, cursor, 3);
      page.drift().forEach(drift -> found.add(drift.module()));
      cursor = page.next();
    } while (cursor != null);

    assertThat(found).containsExactlyElementsOf(modules);
  }

  private void drifting(String path) {
    for (String version : List.of("v1.0.0", "v1.1.0")) {
      String repository = version.equals("v1.0.0") ? "repo-01" : "repo-02";
      watcher.jdbc.update(
          "insert into ledger_use (repository_id, path, version, want, in_use, first_ref,"
              + " first_commit, first_at, last_ref, last_commit, last_at) select id, ?, ?, 'ZIP',"
              + " true, '', '', current_timestamp, '', '', current_timestamp"
              + " from ledger_repository where source = ?",
          path,
          version,
          repository);
    }
  }

  @Test
  void pagesTogetherHaveEachUseOnce() {
    var all = new ArrayList<Use>();
    @Nullable String cursor = null;
    do {
      LedgerViews.Page page = api.ledger(null, null, null, null, "any", null, 7, cursor);
      assertThat(page.uses()).hasSizeLessThanOrEqualTo(7);
      all.addAll(page.uses());
      cursor = page.next();
    } while (cursor != null);

    assertThat(all).hasSize(REPOSITORIES * 3).doesNotHaveDuplicates();
  }

  @Test
  void filtersGoTogether() {
    assertThat(ledger("repo-00", null, null, null, null)).hasSize(3);
    assertThat(ledger(null, "支付团队", null, null, null)).hasSize(30);
    assertThat(ledger(null, "支付团队", TEXT, null, "zip")).hasSize(15);
    assertThat(ledger(null, null, "golang.org/...", null, null)).hasSize(60);
    assertThat(ledger(null, null, TEXT + "@v0.1.0", null, null)).hasSize(6);
    assertThat(ledger(null, null, TEXT, "tier=1", "mod")).hasSize(15);
    assertThat(ledger(null, null, TEXT, "tier", "mod")).hasSize(15);
    assertThat(ledger(null, null, null, "tier=7", null)).isEmpty();
    assertThatThrownBy(() -> ledger(null, null, "no path", null, null))
        .isInstanceOf(BadRequestException.class);
    assertThatThrownBy(() -> api.ledger(null, null, null, null, "any", null, 10, "eA"))
        .isInstanceOf(BadRequestException.class)
        .hasMessageContaining("after is \"eA\"");
  }

  private List<Use> ledger(
      @Nullable String source,
      @Nullable String owner,
      @Nullable String module,
      @Nullable String label,
      @Nullable String want) {
    return api.ledger(source, owner, module, label, "true", want, 1_000, null).uses();
  }

  @Test
  void whoUsesAVersion() {
    List<Use> users = api.users(TEXT + "@v0.1.0", "true", 100, null).uses();

    assertThat(users)
        .extracting(Use::source)
        .containsExactlyInAnyOrder(
            "repo-00", "repo-05", "repo-10", "repo-15", "repo-20", "repo-25");
  }

  @Test
  void whatUsesAnIncompatibleVersionIsComparedWithThoseToo() {
    var newest = new NewestKnown(watcher.jdbc);
    var path = new ModulePath("example.com/own-00");
    newest.seen(
        path,
        List.of(Version.parse("v1.0.0"), Version.parse("v3.0.0+incompatible")),
        watcher.clock.instant());

    Use use = api.users(path.value(), "true", 1, null).uses().getFirst();

    assertThat(use.newestKnown()).isEqualTo("v1.0.0");
    assertThat(use.behind()).isFalse();
  }

  @Test
  void theTableIsWholeAndHarmless() throws Exception {
    watcher.jdbc.update(
        "update ledger_repository set owner = '=HYPERLINK(\"http://evil\"),\"x\"' where source ="
            + " 'repo-07'");
    var response = new MockHttpServletResponse();
    sources.put("repo-07", "=HYPERLINK(\"http://evil\"),\"x\"", Map.of(), "repo-07");

    api.table(null, null, null, null, "any", null, new MockHttpServletRequest(), response);

    byte[] bytes = response.getContentAsByteArray();
    assertThat(bytes).startsWith(0xEF, 0xBB, 0xBF);
    List<List<String>> rows = StrictCsv.read(response.getContentAsString().substring(1));
    assertThat(rows).hasSize(1 + REPOSITORIES * 3).allMatch(row -> row.size() == 19);
    assertThat(rows.getFirst()).startsWith("module", "version", "want", "in use");
    int owner = rows.getFirst().indexOf("owner");
    assertThat(rows.stream().map(row -> row.get(owner)).distinct())
        .contains("支付团队", "'=HYPERLINK(\"http://evil\"),\"x\"");
    assertThat(IntStream.range(1, rows.size()))
        .allMatch(i -> rows.get(i).stream().noneMatch(cell -> cell.matches("[=+@-].*")));
  }
}
