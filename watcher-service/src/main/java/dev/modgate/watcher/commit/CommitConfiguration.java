package dev.modgate.watcher.commit;

import dev.modgate.watcher.ledger.Ledger;
import dev.modgate.watcher.plan.PrivateModules;
import dev.modgate.watcher.run.CommitsSeen;
import dev.modgate.watcher.sync.SyncService;
import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// From commits to syncs.
@Configuration(proxyBeanMethods = false)
public class CommitConfiguration {

  @Bean
  SyncSink syncSink(
      SyncService syncs,
      CommitsSeen seen,
      Ledger ledger,
      PrivateModules privateModules,
      Clock clock) {
    return new SyncSink(syncs, seen, ledger, privateModules, clock);
  }
}
