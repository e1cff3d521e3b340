package dev.modgate.watcher.notify;

import dev.modgate.watcher.happening.Happenings;
import dev.modgate.watcher.notify.channel.Channel;
import dev.modgate.watcher.notify.channel.NotificationSettings;
import dev.modgate.watcher.notify.send.Senders;
import dev.modgate.watcher.retention.OldRows;
import dev.modgate.watcher.retention.Retention;
import dev.modgate.watcher.retention.RetentionRule;
import dev.modgate.watcher.source.Sources;
import dev.modgate.watcher.status.StageStatuses;
import java.net.URI;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionTemplate;

/// Notifications.
@Configuration(proxyBeanMethods = false)
public class NotifyConfiguration {

  /// @param site where people find this watcher, without a slash at its end
  public record Notifications(NotificationSettings settings, URI site) {
    List<Channel> channels() {
      return settings.parsed();
    }
  }

  @Bean
  Happenings happenings(JdbcTemplate jdbc, Notifications notifications) {
    return new Happenings(jdbc, !notifications.channels().isEmpty());
  }

  @Bean
  Senders notificationSenders(Notifications notifications, Clock clock) {
    Senders.check(notifications.channels());
    return new Senders(notifications.settings().timeout(), clock);
  }

  @Bean
  Delivery notificationDelivery(
      JdbcTemplate jdbc,
      TransactionTemplate transaction,
      Notifications notifications,
      Senders senders,
      Clock clock) {
    NotificationSettings settings = notifications.settings();
    var waits = new Waits(settings.giveUpAfter(), () -> ThreadLocalRandom.current().nextLong());
    return new Delivery(
        new ChannelRows(jdbc, clock),
        new MessageQueue(jdbc, transaction, clock),
        transaction,
        new Delivery.Sending(senders, waits, settings.mostNamed(), notifications.site()),
        clock);
  }

  @Bean(initMethod = "start")
  NotifyWorker notifyWorker(
      JdbcTemplate jdbc,
      TransactionTemplate transaction,
      Sources sources,
      StageStatuses statuses,
      Happenings happenings,
      Notifications notifications,
      Delivery delivery,
      Clock clock) {
    List<Channel> channels = notifications.channels();
    var router =
        new Router(jdbc, transaction, sources, channels, notifications.settings().gather(), clock);
    var stops = new StageStops(statuses::all, happenings, clock);
    return new NotifyWorker(stops::look, router, delivery, new ChannelRows(jdbc, clock), channels);
  }

  @Bean
  NotificationController notificationController(
      JdbcTemplate jdbc, Delivery delivery, Notifications notifications) {
    List<Channel> channels = notifications.channels();
    return new NotificationController(new NotificationViews(jdbc, channels), delivery, channels);
  }

  /// What waits longer than this belongs to a channel that is declared no more: all others are
  /// given up before.
  @Bean
  public static RetentionRule happeningRetention(JdbcTemplate jdbc, Retention retention) {
    var table = new OldRows.Table("happening", List.of("id"), "at", "");
    return new OldRows(jdbc, "notifications", retention.notifications(), table);
  }

  @Bean
  public static RetentionRule notificationMessageRetention(JdbcTemplate jdbc, Retention retention) {
    var table = new OldRows.Table("notification_message", List.of("id"), "created_at", "");
    return new OldRows(jdbc, "notification-messages", retention.notifications(), table);
  }
}
