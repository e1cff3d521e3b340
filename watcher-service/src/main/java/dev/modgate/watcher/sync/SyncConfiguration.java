package dev.modgate.watcher.sync;

import dev.modgate.watcher.catalog.ModuleRows;
import dev.modgate.watcher.catalog.Timeline;
import dev.modgate.watcher.claim.Claims;
import dev.modgate.watcher.happening.Happenings;
import dev.modgate.watcher.outbox.Outbox;
import dev.modgate.watcher.plan.PrivateModules;
import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionTemplate;

/// Syncs and their claims.
@Configuration(proxyBeanMethods = false)
public class SyncConfiguration {

  @Bean
  Claims claims(JdbcTemplate jdbc) {
    return new Claims(jdbc);
  }

  @Bean
  SyncEnds syncEnds(JdbcTemplate jdbc, Happenings happenings) {
    return new SyncEnds(jdbc, happenings);
  }

  @Bean
  SyncViews syncViews(JdbcTemplate jdbc) {
    return new SyncViews(jdbc);
  }

  @Bean
  SyncService syncService(
      JdbcTemplate jdbc,
      TransactionTemplate transaction,
      ModuleRows modules,
      Claims claims,
      Outbox outbox,
      Timeline timeline,
      SyncEnds ends,
      PrivateModules privateModules,
      Clock clock) {
    return new SyncService(
        jdbc, transaction, modules, claims, outbox, timeline, ends, privateModules, clock);
  }
}
