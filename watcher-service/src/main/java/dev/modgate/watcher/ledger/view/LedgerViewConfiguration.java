package dev.modgate.watcher.ledger.view;

import dev.modgate.watcher.source.Sources;
import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;

/// What the ledger answers.
@Configuration(proxyBeanMethods = false)
public class LedgerViewConfiguration {

  @Bean
  LedgerController ledgerController(JdbcTemplate jdbc, Sources sources, Clock clock) {
    return new LedgerController(
        new LedgerViews(jdbc), new Drifts(jdbc), new LedgerRepositories(jdbc, sources, clock));
  }
}
