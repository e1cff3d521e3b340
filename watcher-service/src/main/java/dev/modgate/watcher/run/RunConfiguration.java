package dev.modgate.watcher.run;

import dev.modgate.watcher.source.Sources;
import java.time.Clock;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionTemplate;

/// What waits to be read, and what became of it.
@Configuration(proxyBeanMethods = false)
public class RunConfiguration {
  @Bean
  Runs runs(JdbcTemplate jdbc, ObjectProvider<RunWorker> worker, Clock clock) {
    return new Runs(jdbc, () -> worker.ifAvailable(RunWorker::wake), clock);
  }

  @Bean
  CommitsSeen commitsSeen(JdbcTemplate jdbc) {
    return new CommitsSeen(jdbc);
  }

  @Bean
  CommitController commitController(
      Sources sources, Runs runs, CommitsSeen seen, TransactionTemplate transaction) {
    return new CommitController(sources, runs, seen, transaction);
  }
}
