package dev.modgate.watcher.walk;

import dev.modgate.gomod.graph.GraphLimits;
import dev.modgate.watcher.catalog.GoMods;
import dev.modgate.watcher.plan.PrivateModules;
import dev.modgate.watcher.sync.SyncGrowth;
import dev.modgate.watcher.sync.Walks;
import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;

/// The walks of module graphs.
@Configuration(proxyBeanMethods = false)
public class WalkConfiguration {
  @Bean
  GoMods goMods(JdbcTemplate jdbc) {
    return new GoMods(jdbc);
  }

  @Bean
  KnownGraph knownGraph(GoMods goMods, PrivateModules privateModules) {
    return new KnownGraph(goMods, privateModules, GraphLimits.DEFAULT);
  }

  @Bean(initMethod = "start")
  WalkWorker walkWorker(
      JdbcTemplate jdbc,
      Walks walks,
      GoMods goMods,
      SyncGrowth growth,
      PrivateModules privateModules,
      Clock clock) {
    return new WalkWorker(
        walks,
        new Walker(goMods, new WalkItems(jdbc), clock),
        growth,
        privateModules,
        GraphLimits.DEFAULT,
        clock);
  }
}
