package dev.modgate.watcher.idempotency;

import dev.modgate.watcher.retention.OldRows;
import dev.modgate.watcher.retention.Retention;
import dev.modgate.watcher.retention.RetentionRule;
import java.time.Clock;
import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;

/// Idempotency keys.
@Configuration(proxyBeanMethods = false)
public class IdempotencyConfiguration {

  @Bean
  IdempotentPosts idempotentPosts(JdbcTemplate jdbc, Retention retention, Clock clock) {
    return new IdempotentPosts(new KeyedRequests(jdbc, retention.idempotencyKeys(), clock));
  }

  @Bean
  public static RetentionRule idempotencyKeyRetention(JdbcTemplate jdbc, Retention retention) {
    return new OldRows(
        jdbc,
        "idempotency-keys",
        retention.idempotencyKeys(),
        new OldRows.Table("idempotent_request", List.of("key_text"), "begun_at", ""));
  }
}
