package dev.modgate.watcher.tick;

import dev.modgate.watcher.sync.SyncViews;
import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;

/// What is to be shown, where the syncs are; an agent is told by its watcher.
@Configuration(proxyBeanMethods = false)
public class TickFollowerConfiguration {

  @Bean
  TickFollower tickFollower(
      JdbcTemplate jdbc, Ticks ticks, SyncViews syncs, SyncLinks links, Clock clock) {
    return new TickFollower(jdbc, ticks, syncs, links, clock);
  }
}
