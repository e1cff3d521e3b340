package dev.modgate.watcher.intake;

import dev.modgate.gomod.note.SigningKey;
import dev.modgate.start.StartException;
import dev.modgate.start.key.SigningKeyFile;
import dev.modgate.watcher.plan.PrivateModules;
import dev.modgate.watcher.retention.OldRows;
import dev.modgate.watcher.retention.Retention;
import dev.modgate.watcher.retention.RetentionRule;
import dev.modgate.watcher.run.WantSink;
import dev.modgate.watcher.source.SourceConfiguration;
import dev.modgate.watcher.source.Sources;
import dev.modgate.watcher.sync.SyncViews;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionTemplate;

/// What takes want lists of agents, and tells them how their commits are.
@Configuration(proxyBeanMethods = false)
public class IntakeConfiguration {
  private static final Logger LOG = LoggerFactory.getLogger(IntakeConfiguration.class);
  private static final String KEY_NAME = "modgate-watcher";

  /// @param signingKey of statuses
  /// @param oldest list that is taken
  public record Limits(Path signingKey, Duration oldest) {}

  /// Signs statuses; nobody knows its public half where no agent is named.
  record StatusKey(SigningKey key) {}

  @Bean
  StatusKey statusKey(Limits limits, Agents agents, SourceConfiguration.Declarations declarations) {
    List<String> unknown =
        declarations.byName().entrySet().stream()
            .filter(source -> source.getValue().agent() != null)
            .filter(source -> agents.of(String.valueOf(source.getValue().agent())).isEmpty())
            .map(source ->
                "modgate.watcher.sources."
                    + source.getKey()
                    + ".agent is "
                    + source.getValue().agent()
                    + ", whose public key is to be pinned as modgate.watcher.agents."
                    + source.getValue().agent()
                    + ".key")
            .sorted()
            .toList();
    if (!unknown.isEmpty()) {
      throw new StartException(unknown);
    }
    if (agents.byName().isEmpty()) {
      return new StatusKey(SigningKey.generate(KEY_NAME, new SecureRandom()));
    }
    SigningKey key = new SigningKeyFile(limits.signingKey()).readOrCreate(KEY_NAME);
    LOG.info("agents pin this watcher as: {}", key.verifierKey());
    return new StatusKey(key);
  }

  @Bean
  TakenLists takenLists(JdbcTemplate jdbc, Clock clock) {
    return new TakenLists(jdbc, clock);
  }

  @Bean
  public static RetentionRule wantListRetention(JdbcTemplate jdbc, Retention retention) {
    return new OldWantLists(jdbc, retention.agents());
  }

  @Bean
  public static RetentionRule refusedListRetention(JdbcTemplate jdbc, Retention retention) {
    return new OldRows(
        jdbc,
        "refused-want-lists",
        retention.agents(),
        new OldRows.Table("want_list_refused", List.of("id"), "received_at", ""));
  }

  @Bean
  WantLists wantLists(
      Agents agents,
      Sources sources,
      PrivateModules hidden,
      Limits limits,
      TakenLists taken,
      WantSink sink,
      Clock clock) {
    return new WantLists(agents, sources, hidden, limits.oldest(), taken, sink, clock);
  }

  @Bean
  AgentStatuses agentStatuses(
      JdbcTemplate jdbc, TransactionTemplate transaction, SyncViews syncs, Clock clock) {
    return new AgentStatuses(jdbc, transaction, syncs, clock);
  }

  @Bean(initMethod = "start")
  CarriedLists carriedLists(
      Agents agents, WantLists lists, AgentStatuses statuses, StatusKey key, Clock clock) {
    return new CarriedLists(agents, lists, statuses, key.key(), clock);
  }

  @Bean
  AgentController agentController(
      Agents agents, WantLists lists, AgentStatuses statuses, StatusKey key, Clock clock) {
    return new AgentController(agents, lists, statuses, key.key(), clock);
  }

  @Bean
  WantListController wantListController(JdbcTemplate jdbc) {
    return new WantListController(new WantListViews(jdbc));
  }
}
