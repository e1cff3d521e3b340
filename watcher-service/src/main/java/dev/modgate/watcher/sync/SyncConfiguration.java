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
  SyncTransactions syncTransactions(TransactionTemplate transaction, Outbox outbox) {
    return new SyncTransactions(transaction, outbox);
  }

  @Bean
  SyncItems syncItems(
      JdbcTemplate jdbc, ModuleRows modules, Claims claims, Outbox outbox, Timeline timeline) {
    return new SyncItems(jdbc, modules, claims, outbox, timeline);
  }

  @Bean
  SyncService syncService(
      JdbcTemplate jdbc,
      SyncTransactions transactions,
      SyncItems items,
      SyncEnds ends,
      PrivateModules privateModules,
      Clock clock) {
    return new SyncService(jdbc, transactions, items, ends, privateModules, clock);
  }

  @Bean
  SyncChanges syncChanges(
      JdbcTemplate jdbc,
      SyncTransactions transactions,
      SyncItems items,
      SyncEnds ends,
      SyncGrowth.Grown grown,
      Clock clock) {
    return new SyncChanges(jdbc, transactions, items, ends, grown, clock);
  }

  @Bean
  SyncGrowth syncGrowth(
      JdbcTemplate jdbc,
      SyncTransactions transactions,
      SyncItems items,
      SyncEnds ends,
      SyncGrowth.Grown grown,
      Clock clock) {
    return new SyncGrowth(jdbc, transactions, items, ends, grown, clock);
  }

  @Bean
  Walks walks(JdbcTemplate jdbc) {
    return new Walks(jdbc);
  }
}
