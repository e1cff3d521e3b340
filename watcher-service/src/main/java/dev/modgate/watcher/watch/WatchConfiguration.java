package dev.modgate.watcher.watch;

import dev.modgate.watcher.ledger.NewestKnown;
import dev.modgate.watcher.plan.PrivateModules;
import dev.modgate.watcher.sync.SyncService;
import java.time.Clock;
import java.util.List;
import java.util.random.RandomGenerator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionTemplate;

/// Polls of modules.
@Configuration(proxyBeanMethods = false)
public class WatchConfiguration {

  /// @param upstreams in GOPROXY syntax
  public record Watches(List<Watch> all, String upstreams) {
    public Watches {
      all = List.copyOf(all);
    }
  }

  @Bean
  UpstreamLists upstreamLists(Watches watches) {
    return new UpstreamLists(watches.upstreams());
  }

  @Bean
  WatchRows watchRows(JdbcTemplate jdbc) {
    return new WatchRows(jdbc);
  }

  @Bean(initMethod = "start")
  PollThread modulePolls(
      Watches watches,
      UpstreamLists lists,
      WatchRows rows,
      SyncService syncs,
      TransactionTemplate transaction,
      PrivateModules privateModules,
      NewestKnown newest,
      Clock clock) {
    var syncing = new ModulePolls.Syncing(syncs, transaction, privateModules, newest, clock);
    return new PollThread(
        new ModulePolls(watches.all(), lists, rows, syncing, RandomGenerator.getDefault()));
  }

  @Bean
  WatchController watchController(WatchRows rows) {
    return new WatchController(rows);
  }
}
