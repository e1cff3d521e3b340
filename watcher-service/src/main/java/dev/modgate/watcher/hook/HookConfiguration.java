package dev.modgate.watcher.hook;

import dev.modgate.watcher.hook.delivery.Deliveries;
import dev.modgate.watcher.hook.delivery.DeliveryViews;
import dev.modgate.watcher.retention.OldRows;
import dev.modgate.watcher.retention.Retention;
import dev.modgate.watcher.retention.RetentionRule;
import dev.modgate.watcher.run.Runs;
import dev.modgate.watcher.source.Sources;
import java.time.Clock;
import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionTemplate;

/// Webhooks and their record.
@Configuration(proxyBeanMethods = false)
public class HookConfiguration {

  @Bean
  Deliveries deliveries(
      JdbcTemplate jdbc,
      TransactionTemplate transaction,
      Runs runs,
      HookLimits limits,
      Clock clock) {
    return new Deliveries(jdbc, transaction, runs, limits.gather(), clock);
  }

  /// The newest that was authentic stays: it says that webhooks come at all.
  @Bean
  public static RetentionRule deliveryRetention(JdbcTemplate jdbc, Retention retention) {
    String newest =
        "t.authentic and t.redelivery_of is null and not exists (select 1 from delivery n"
            + " where n.source = t.source and n.authentic and n.redelivery_of is null"
            + " and n.received_at > t.received_at)";
    return new OldRows(
        jdbc,
        "deliveries",
        retention.deliveries(),
        new OldRows.Table("delivery", List.of("id"), "received_at", newest));
  }

  @Bean
  DeliveryViews deliveryViews(JdbcTemplate jdbc) {
    return new DeliveryViews(jdbc);
  }

  @Bean
  HookController hookController(
      HookLimits limits, Sources sources, Deliveries deliveries, Clock clock) {
    return new HookController(new HookBodies(limits), new HookReceiver(sources, deliveries, clock));
  }

  @Bean
  DeliveryController deliveryController(
      Sources sources, Deliveries deliveries, DeliveryViews views) {
    return new DeliveryController(views, new Redelivery(sources, deliveries, views));
  }
}
