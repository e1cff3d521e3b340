package dev.modgate.watcher.commit;

import dev.modgate.watcher.run.CommitsSeen;
import dev.modgate.watcher.run.Runs;
import dev.modgate.watcher.source.Sources;
import dev.modgate.watcher.sync.SyncService;
import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.transaction.support.TransactionTemplate;

/// Commits and their syncs.
@Configuration(proxyBeanMethods = false)
public class CommitConfiguration {

  @Bean
  SyncSink syncSink(SyncService syncs, CommitsSeen seen, Clock clock) {
    return new SyncSink(syncs, seen, clock);
  }

  @Bean
  CommitController commitController(
      Sources sources, Runs runs, CommitsSeen seen, TransactionTemplate transaction) {
    return new CommitController(sources, runs, seen, transaction);
  }
}
