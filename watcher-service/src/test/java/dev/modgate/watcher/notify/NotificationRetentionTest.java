package dev.modgate.watcher.notify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.modgate.pipeline.event.StageName;
import dev.modgate.watcher.catalog.ModuleRows;
import dev.modgate.watcher.database.OnEachDatabase;
import dev.modgate.watcher.happening.Happening;
import dev.modgate.watcher.retention.Purges;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class NotificationRetentionTest extends OnEachDatabase {
  @Test
  void whatWasToldLongAgoGoesWithItsMessages() {
    happen("old");
    watcher.clock.advance(Duration.ofDays(31));
    happen("young");

    int happenings =
        Purges.purge(
            watcher, NotifyConfiguration.happeningRetention(watcher.jdbc, Purges.DEFAULTS));
    int messages =
        Purges.purge(
            watcher,
            NotifyConfiguration.notificationMessageRetention(watcher.jdbc, Purges.DEFAULTS));

    assertThat(happenings).isEqualTo(1);
    assertThat(messages).isEqualTo(1);
    assertThat(watcher.count("notification")).isEqualTo(1);
    assertThat(watcher.jdbc.queryForList("select id from notification_message", String.class))
        .containsExactly("young");
  }

  private void happen(String name) {
    watcher.happenings.once(
        new Happening.StageStopped(StageName.VERIFY, name), name, watcher.clock.instant());
    watcher.jdbc.update(
        "insert into notification (channel, happening_id, ready_at, message_id)"
            + " select 'ops', id, at, same_as from happening where same_as = ?",
        name);
    watcher.jdbc.update(
        "insert into notification_message (id, channel, state, events, newest_at, created_at)"
            + " values (?,'ops','sent',1,?,?)",
        name,
        ModuleRows.time(watcher.clock.instant()),
        ModuleRows.time(watcher.clock.instant()));
  }
}
