package dev.modgate.watcher.tick;

import dev.modgate.watcher.host.HostClient;
import dev.modgate.watcher.host.Statuses;
import dev.modgate.watcher.retention.OldRows;
import dev.modgate.watcher.retention.Retention;
import dev.modgate.watcher.retention.RetentionRule;
import dev.modgate.watcher.source.Sources;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;

/// Commit statuses.
@Configuration(proxyBeanMethods = false)
public class TickConfiguration {

  @Bean
  Ticks ticks(JdbcTemplate jdbc, Clock clock) {
    return new Ticks(jdbc, clock);
  }

  @Bean
  TickSender tickSender(Sources sources, HostClient hosts) {
    return new HostTickSender(sources, new Statuses(hosts));
  }

  @Bean(initMethod = "start")
  TickWorker tickWorker(
      JdbcTemplate jdbc, ObjectProvider<TickFollower> follower, TickSender sender, Clock clock) {
    return new TickWorker(
        jdbc,
        () -> follower.ifAvailable(TickFollower::follow),
        sender,
        () -> ThreadLocalRandom.current().nextLong(),
        clock);
  }

  /// Of commits that are forgotten. Numbers of changes are counted from the newest; of a sync that
  /// runs, the end is still to be shown.
  @Bean
  public static RetentionRule tickRetention(JdbcTemplate jdbc, Retention retention) {
    String kept =
        "t.changed = (select max(m.changed) from tick m)"
            + " or exists (select 1 from commit_seen c where c.source = t.source"
            + " and c.repository = t.repository and c.commit_id = t.commit_id)"
            + " or exists (select 1 from sync s where s.id = t.sync_id"
            + " and s.finished_at is null)";
    var key = List.of("source", "repository", "commit_id");
    return new OldRows(
        jdbc, "ticks", retention.commits(), new OldRows.Table("tick", key, "changed_at", kept));
  }

  @Bean
  TickController tickController(Sources sources, Ticks ticks) {
    return new TickController(sources, ticks);
  }
}
