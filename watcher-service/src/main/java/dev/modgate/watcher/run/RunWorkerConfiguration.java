package dev.modgate.watcher.run;

import dev.modgate.watcher.source.Sources;
import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionTemplate;

/// The worker that reads what waits; the reader and the sink are other features'.
@Configuration(proxyBeanMethods = false)
public class RunWorkerConfiguration {
  /// Each holds what it reads on disk and a few MB in memory.
  private static final int AT_ONCE = 4;

  @Bean(initMethod = "start")
  RunWorker runWorker(
      JdbcTemplate jdbc,
      TransactionTemplate transaction,
      Sources sources,
      CommitReader reader,
      WantSink sink,
      CommitsSeen seen,
      Clock clock) {
    var rows = new RunRows(jdbc, transaction);
    return new RunWorker(rows, new Reading(sources, reader, sink, seen, rows), clock, AT_ONCE);
  }
}
