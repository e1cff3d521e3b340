package dev.modgate.watcher.poll;

import dev.modgate.watcher.git.RemoteRefs;
import dev.modgate.watcher.hook.delivery.Deliveries;
import dev.modgate.watcher.retention.KeptCommits;
import dev.modgate.watcher.run.Runs;
import dev.modgate.watcher.run.WantSink;
import dev.modgate.watcher.source.Sources;
import java.time.Clock;
import java.util.random.RandomGenerator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionTemplate;

/// The parts that poll refs, and tell how well sources are heard.
@Configuration(proxyBeanMethods = false)
public class PollConfiguration {
  @Bean
  RefPolls.Found pollsFound(
      JdbcTemplate jdbc,
      TransactionTemplate transaction,
      PollSettings settings,
      WantSink refs,
      Clock clock) {
    return new RefPolls.Found(
        new PollRows(jdbc, transaction),
        new Missed(jdbc, transaction, settings.webhookGrace(), clock),
        new Waits(settings.longestWait(), RandomGenerator.getDefault()),
        refs,
        clock);
  }

  /// Of what refs are known to name, none is synced again.
  @Bean
  public static KeptCommits commitsThatPollsKnow() {
    return new KeptCommits(
        "exists (select 1 from poll_ref p where p.source = t.source"
            + " and p.repository = t.repository and p.commit_id = t.commit_id)");
  }

  @Bean
  RefPolls refPolls(
      JdbcTemplate jdbc,
      TransactionTemplate transaction,
      RemoteRefs remote,
      Runs runs,
      RefPolls.Found found) {
    return new RefPolls(jdbc, transaction, remote, runs, found);
  }

  @Bean(initMethod = "start")
  Poller poller(Sources sources, RefPolls polls, RefPolls.Found found, PollSettings settings) {
    return new Poller(sources, polls, found, settings.atOnce());
  }

  @Bean
  SourceHealths sourceHealths(JdbcTemplate jdbc, Deliveries deliveries) {
    return new SourceHealths(jdbc, deliveries);
  }

  @Bean
  HealthController healthController(Sources sources, SourceHealths healths) {
    return new HealthController(sources, healths);
  }
}
