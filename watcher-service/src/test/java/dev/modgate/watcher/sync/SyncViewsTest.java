package dev.modgate.watcher.sync;

import static dev.modgate.watcher.database.Answers.HASH;
import static dev.modgate.watcher.database.Answers.published;
import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.modgate.gomod.module.ModuleVersion;
import dev.modgate.watcher.database.OnEachDatabase;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;

class SyncViewsTest extends OnEachDatabase {
  @Test
  void aReadNeedsNoSecondConnection() {
    String sync = watcher.sync("test", lines(3));
    var one = new HikariConfig();
    ((HikariDataSource) Objects.requireNonNull(watcher.jdbc.getDataSource())).copyStateTo(one);
    one.setMaximumPoolSize(1);
    one.setConnectionTimeout(1_000);

    try (var pool = new HikariDataSource(one)) {
      var views = new SyncViews(new JdbcTemplate(pool));

      assertThat(views.find(sync, SyncView.Modules.ALL, Optional.empty(), 10)).isPresent();
      assertThat(
              views.newest(
                  new SyncViews.Filter(Optional.empty(), Optional.empty(), Optional.empty()), 10))
          .hasSize(1);
    }
  }

  @Test
  void pagesGiveEveryModuleOnceInOrder() {
    String sync =
        watcher.sync(
            "test",
            "example.com/A v1.0.0 " + HASH,
            "example.com/a v1.0.0 " + HASH,
            "example.com/a v1.0.1-0.20200101000000-abcdefabcdef " + HASH,
            "example.com/a v1.10.0 " + HASH,
            "example.com/a v1.2.0 " + HASH,
            "example.com/a-b v1.0.0 " + HASH,
            "example.com/a/b v1.0.0 " + HASH,
            "example.com/ab v1.0.0 " + HASH);
    var views = new SyncViews(watcher.jdbc);
    List<String> all = modules(page(views, sync, null, 1_000));

    for (int limit = 1; limit <= 8; limit++) {
      var paged = new ArrayList<String>();
      SyncView page = page(views, sync, null, limit);
      paged.addAll(modules(page));
      while (page.next() != null) {
        page = page(views, sync, page.next(), limit);
        paged.addAll(modules(page));
      }
      assertThat(paged).as("limit " + limit).isEqualTo(all);
    }
    assertThat(all).hasSize(8).doesNotHaveDuplicates();
  }

  @Test
  void aPageOfProblemsHoldsNothingThatIsInside() {
    String sync = watcher.sync("test", lines(5));
    watcher.answer(published(watcher.requests().get(1), HASH));
    var views = new SyncViews(watcher.jdbc);

    SyncView first = views.find(sync, SyncView.Modules.PROBLEMS, Optional.empty(), 2).orElseThrow();

    assertThat(modules(first)).containsExactly("example.com/m0@v1.0.0", "example.com/m2@v1.0.0");
    assertThat(first.next()).isEqualTo("example.com/m2@v1.0.0");
  }

  private static SyncView page(
      SyncViews views, String sync, @org.jspecify.annotations.Nullable String after, int limit) {
    return views
        .find(
            sync, SyncView.Modules.ALL, Optional.ofNullable(after).map(ModuleVersion::parse), limit)
        .orElseThrow();
  }

  private static List<String> modules(SyncView view) {
    return Objects.requireNonNull(view.modules()).stream().map(SyncView.Item::module).toList();
  }

  private static String[] lines(int modules) {
    return IntStream.range(0, modules)
        .mapToObj(i -> "example.com/m" + i + " v1.0.0 " + HASH)
        .toArray(String[]::new);
  }
}
