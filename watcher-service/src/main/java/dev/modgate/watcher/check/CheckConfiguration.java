package dev.modgate.watcher.check;

import dev.modgate.watcher.plan.PrivateModules;
import dev.modgate.watcher.walk.KnownGraph;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;

/// Plans and checks.
@Configuration(proxyBeanMethods = false)
public class CheckConfiguration {
  @Bean
  PlanController planController(
      JdbcTemplate jdbc, PrivateModules privateModules, KnownGraph graph) {
    return new PlanController(new Planner(privateModules, graph, new Standing(jdbc)));
  }
}
