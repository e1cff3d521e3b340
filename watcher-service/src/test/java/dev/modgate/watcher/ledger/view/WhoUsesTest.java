package dev.modgate.watcher.ledger.view;

import static org.assertj.core.api.Assertions.assertThat;

import dev.modgate.watcher.catalog.ModuleRows;
import dev.modgate.watcher.database.OnEachDatabase;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Repositories each of which needs 500 of 2,000 modules. With `-Dledger.repositories=400` it says
/// how long a whole installation takes to answer.
class WhoUsesTest extends OnEachDatabase {
  private static final Logger LOG = LoggerFactory.getLogger(WhoUsesTest.class);
  private static final int REPOSITORIES = Integer.getInteger("ledger.repositories", 40);
  private static final int MODULES = 500;

  private static String numbers(int count) {
    return "with recursive n (i) as (select 0 union all select i + 1 from n where i < "
        + (count - 1)
        + ") ";
  }

  @BeforeEach
  void fill() {
    var now = ModuleRows.time(watcher.clock.instant());
    watcher.jdbc.update(
        "insert into ledger_repository (source, repository, owner) "
            + numbers(REPOSITORIES)
            + "select 'repo-' || i, 'repo-' || i, 'team' from n");
    watcher.jdbc.update(
        "insert into ledger_list (repository_id, sha256, last_ref, last_commit, last_at)"
            + " select id, '-', 'refs/heads/main', 'c', ? from ledger_repository",
        now);
    watcher.jdbc.update(
        "insert into ledger_use (repository_id, path, version, want, in_use, first_ref,"
            + " first_commit, first_at, last_ref, last_commit, last_at) "
            + numbers(MODULES)
            + "select id, 'example.com/module-' || (i * 4 + mod(id, 4)), 'v1.' || mod(id, 3) ||"
            + " '.0', 'ZIP', true, 'refs/heads/main', 'c', cast(? as timestamp with time zone),"
            + " 'refs/heads/main', 'c', cast(? as timestamp with time zone)"
            + " from ledger_repository, n",
        now,
        now);
    watcher.jdbc.update(
        "insert into ledger_need (list_id, use_id) select l.id, u.id from ledger_use u"
            + " join ledger_list l on l.repository_id = u.repository_id");
    watcher.jdbc.execute("analyze");
  }

  @Test
  void whoUsesAModuleIsFoundByAnIndex() {
    LedgerFilter filter = new LedgerFilter().module("example.com/module-400").inUse();

    String plan = plan(LedgerViews.USES + filter.condition() + LedgerViews.ORDER + 100, filter);

    assertThat(plan.toLowerCase(java.util.Locale.ROOT))
        .as(plan)
        .contains("ledger_use_")
        .doesNotContain("seq scan on ledger_use", "ledger_use.tablescan");
    long[] nanos = new long[20];
    var views = new LedgerViews(watcher.jdbc);
    for (int i = 0; i < nanos.length; i++) {
      long begin = System.nanoTime();
      List<Use> uses =
          views
              .page(new LedgerFilter().module("example.com/module-" + i * 4).inUse(), null, 1_000)
              .uses();
      nanos[i] = System.nanoTime() - begin;
      assertThat(uses).hasSize(REPOSITORIES / 4);
    }
    Arrays.sort(nanos);
    LOG.info(
        "who uses, of {} uses on {}: median {} ms, slowest {} ms",
        REPOSITORIES * MODULES,
        database,
        Duration.ofNanos(nanos[nanos.length / 2]).toMillis(),
        Duration.ofNanos(nanos[nanos.length - 1]).toMillis());
  }

  private String plan(String query, LedgerFilter filter) {
    return String.join(
        "\n", watcher.jdbc.queryForList("explain " + query, String.class, filter.arguments()));
  }
}
