package dev.modgate.watcher.api;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;

/// What the API has in both modes.
@Configuration(proxyBeanMethods = false)
public class ApiConfiguration {

  @Bean
  ProbeController probeController(JdbcTemplate jdbc) {
    return new ProbeController(jdbc);
  }

  @Bean
  ReadTags readTags() {
    return new ReadTags();
  }

  @Bean
  ServerErrors serverErrors() {
    return new ServerErrors();
  }

  @Bean
  Problems problems() {
    return new Problems();
  }
}
