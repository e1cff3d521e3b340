package dev.modgate.watcher.retention;

import java.time.Clock;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionTemplate;

/// The purge, and the rules about what all watchers have; other features add their own.
@Configuration(proxyBeanMethods = false)
public class RetentionConfiguration {

  @Bean
  RetentionRule syncRetention(JdbcTemplate jdbc, Retention retention) {
    return new FinishedSyncs(jdbc, retention.syncs());
  }

  @Bean
  RetentionRule timelineRetention(JdbcTemplate jdbc, Retention retention) {
    return new OldTimelines(jdbc, retention.timelines());
  }

  @Bean
  RetentionRule runRetention(JdbcTemplate jdbc, Retention retention) {
    return runs(jdbc, retention);
  }

  static RetentionRule runs(JdbcTemplate jdbc, Retention retention) {
    var table =
        new OldRows.Table("run", List.of("id"), "finished_at", "t.state not in ('done', 'failed')");
    return new OldRows(jdbc, "runs", retention.runs(), table);
  }

  @Bean
  RetentionRule commitRetention(
      JdbcTemplate jdbc, Retention retention, ObjectProvider<KeptCommits> kept) {
    return commits(jdbc, retention, kept.orderedStream().toList());
  }

  static RetentionRule commits(JdbcTemplate jdbc, Retention retention, List<KeptCommits> others) {
    String newestOfItsRef =
        "not exists (select 1 from commit_seen n where n.source = t.source"
            + " and n.repository = t.repository and n.ref = t.ref and n.found_at > t.found_at)";
    String kept =
        Stream.concat(Stream.of(newestOfItsRef), others.stream().map(KeptCommits::condition))
            .collect(Collectors.joining(") or (", "(", ")"));
    var key = List.of("source", "repository", "commit_id");
    return new OldRows(
        jdbc,
        "commits",
        retention.commits(),
        new OldRows.Table("commit_seen", key, "found_at", kept));
  }

  @Bean
  RetentionRule sourceHistoryRetention(JdbcTemplate jdbc, Retention retention) {
    return sourceHistory(jdbc, retention);
  }

  /// The newest one says what is declared, and is what the next start compares with.
  static RetentionRule sourceHistory(JdbcTemplate jdbc, Retention retention) {
    String newest =
        "not exists (select 1 from source_change n where n.source = t.source"
            + " and n.declared = t.declared and n.id > t.id)";
    return new OldRows(
        jdbc,
        "source-history",
        retention.sourceHistory(),
        new OldRows.Table("source_change", List.of("id"), "at", newest));
  }

  @Bean
  RetentionRule agentStatusRetention(JdbcTemplate jdbc, Retention retention) {
    return agentStatuses(jdbc, retention);
  }

  /// Both modes have the table. The highest number of each agent stays: an agent asks for what is
  /// behind it. So does that of a list which is not forgotten: it would be made anew.
  static RetentionRule agentStatuses(JdbcTemplate jdbc, Retention retention) {
    String kept =
        "t.state = 'pending' or not exists (select 1 from agent_status n where n.agent = t.agent"
            + " and n.number > t.number) or exists (select 1 from want_list w"
            + " where w.agent = t.agent and w.source = t.source and w.commit_id = t.commit_id)";
    return new OldRows(
        jdbc,
        "agent-statuses",
        retention.agents(),
        new OldRows.Table(
            "agent_status", List.of("agent", "source", "commit_id"), "noted_at", kept));
  }

  @Bean
  RetentionRule removedSourceRetention(JdbcTemplate jdbc, Retention retention) {
    return new RemovedSources(jdbc, retention.commits());
  }

  @Bean
  PurgeTurn purgeTurn(JdbcTemplate jdbc) {
    return new PurgeTurn(jdbc);
  }

  @Bean
  PurgeCounts purgeCounts(JdbcTemplate jdbc) {
    return new PurgeCounts(jdbc);
  }

  @Bean
  Purge purge(
      TransactionTemplate transaction,
      ObjectProvider<RetentionRule> rules,
      PurgeTurn turn,
      PurgeCounts counts,
      Retention retention,
      Clock clock) {
    var times = new Purge.Times(retention.every(), clock, RandomGenerator.getDefault());
    return new Purge(transaction, rules.orderedStream().toList(), turn, counts, times);
  }

  @Bean(initMethod = "start")
  PurgeTimer purgeTimer(Purge purge) {
    return new PurgeTimer(purge);
  }

  @Bean
  RetentionController retentionController(
      Purge purge, PurgeTurn turn, PurgeCounts counts, PurgeTimer timer, Clock clock) {
    return new RetentionController(purge, turn, counts, timer, clock);
  }
}
