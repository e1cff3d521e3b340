package dev.modgate.watcher.tick;

import dev.modgate.watcher.host.HostClient;
import dev.modgate.watcher.host.Statuses;
import dev.modgate.watcher.source.Sources;
import java.time.Clock;
import java.util.concurrent.ThreadLocalRandom;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;

/// Commit statuses.
@Configuration(proxyBeanMethods = false)
public class TickConfiguration {

  @Bean
  Ticks ticks(JdbcTemplate jdbc, Clock clock) {
    return new Ticks(jdbc, clock);
  }

  @Bean
  TickSender tickSender(Sources sources, HostClient hosts) {
    return new HostTickSender(sources, new Statuses(hosts));
  }

  @Bean(initMethod = "start")
  TickWorker tickWorker(
      JdbcTemplate jdbc, ObjectProvider<TickFollower> follower, TickSender sender, Clock clock) {
    return new TickWorker(
        jdbc,
        () -> follower.ifAvailable(TickFollower::follow),
        sender,
        () -> ThreadLocalRandom.current().nextLong(),
        clock);
  }

  @Bean
  TickController tickController(Sources sources, Ticks ticks) {
    return new TickController(sources, ticks);
  }
}
