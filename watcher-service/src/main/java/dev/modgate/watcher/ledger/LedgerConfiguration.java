package dev.modgate.watcher.ledger;

import dev.modgate.watcher.source.Sources;
import dev.modgate.watcher.sync.SyncGrowth;
import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionTemplate;

/// The ledger.
@Configuration(proxyBeanMethods = false)
public class LedgerConfiguration {

  @Bean
  Ledger ledger(JdbcTemplate jdbc, TransactionTemplate transaction, Sources sources, Clock clock) {
    return new Ledger(jdbc, transaction, sources, clock);
  }

  @Bean
  SyncGrowth.Grown grownSyncs(Ledger ledger) {
    return ledger::grown;
  }

  @Bean
  NewestKnown newestKnown(JdbcTemplate jdbc) {
    return new NewestKnown(jdbc);
  }
}
