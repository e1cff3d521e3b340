package dev.modgate.watcher.group;

import dev.modgate.watcher.host.GroupPages;
import dev.modgate.watcher.host.HostClient;
import dev.modgate.watcher.source.Sources;
import java.time.Clock;
import java.util.concurrent.ThreadLocalRandom;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionTemplate;

/// Groups of repositories.
@Configuration(proxyBeanMethods = false)
public class GroupConfiguration {

  @Bean
  Groups groups(JdbcTemplate jdbc, TransactionTemplate transaction, Clock clock) {
    return new Groups(jdbc, transaction, clock);
  }

  @Bean(initMethod = "start")
  GroupWorker groupWorker(
      Sources sources, Groups groups, HostClient hosts, GroupWorker.Limits limits, Clock clock) {
    return new GroupWorker(
        sources,
        groups,
        new GroupPages(hosts),
        limits,
        () -> ThreadLocalRandom.current().nextLong(),
        clock);
  }

  @Bean
  GroupController groupController(Sources sources, Groups groups, JdbcTemplate jdbc) {
    return new GroupController(sources, groups, new GroupViews(jdbc));
  }
}
