package dev.modgate.watcher.catalog;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;

/// The catalog's parts.
@Configuration(proxyBeanMethods = false)
public class CatalogConfiguration {

  @Bean
  ModuleRows moduleRows(JdbcTemplate jdbc) {
    return new ModuleRows(jdbc);
  }

  @Bean
  Timeline timeline(JdbcTemplate jdbc) {
    return new Timeline(jdbc);
  }

  @Bean
  ModuleViews moduleViews(JdbcTemplate jdbc) {
    return new ModuleViews(jdbc);
  }
}
