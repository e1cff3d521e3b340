package dev.modgate.watcher.hook;

import dev.modgate.watcher.hook.delivery.Deliveries;
import dev.modgate.watcher.hook.delivery.DeliveryViews;
import dev.modgate.watcher.run.Runs;
import dev.modgate.watcher.source.Sources;
import java.time.Clock;
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
