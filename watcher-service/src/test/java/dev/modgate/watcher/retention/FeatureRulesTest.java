package dev.modgate.watcher.retention;

import static org.assertj.core.api.Assertions.assertThat;

import dev.modgate.watcher.agent.AgentConfiguration;
import dev.modgate.watcher.catalog.ModuleRows;
import dev.modgate.watcher.database.OnEachDatabase;
import dev.modgate.watcher.hook.HookConfiguration;
import dev.modgate.watcher.intake.IntakeConfiguration;
import dev.modgate.watcher.poll.PollConfiguration;
import dev.modgate.watcher.tick.TickConfiguration;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// The rules that features bring, and those about their tables.
class FeatureRulesTest extends OnEachDatabase {
  private static final Duration LONG = Duration.ofDays(4_000);

  private OffsetDateTime at(int day) {
    return ModuleRows.time(watcher.clock.instant().plus(Duration.ofDays(day)));
  }

  private List<String> left(String column, String table) {
    return watcher.jdbc.queryForList(
        "select distinct " + column + " from " + table + " order by 1", String.class);
  }

  @Test
  void deliveriesGoWithTheirRefsButTheNewestAuthenticOfEachSource() {
    delivery("first", "pay", true, null, 0);
    delivery("newest", "pay", true, null, 1);
    delivery("forged", "pay", false, null, 2);
    delivery("again", "pay", true, "first", 2);
    delivery("elsewhere", "web", true, null, 0);
    delivery("young", "pay", false, null, 3_000);
    RetentionRule rule = HookConfiguration.deliveryRetention(watcher.jdbc, Purges.DEFAULTS);
    watcher.clock.advance(Duration.ofDays(3_000));

    assertThat(Purges.purge(watcher, rule)).isEqualTo(3);

    assertThat(left("id", "delivery")).containsExactly("elsewhere", "newest", "young");
    assertThat(left("delivery_id", "delivery_ref")).containsExactly("elsewhere", "newest", "young");
  }

  private void delivery(
      String id, String source, boolean authentic, @Nullable String redeliveryOf, int day) {
    watcher.jdbc.update(
        "insert into delivery (id, source, verdict, sentence, authentic, body_bytes, redelivery_of,"
            + " received_at) values (?,?,'ignored','-',?,0,?,?)",
        id,
        source,
        authentic,
        redeliveryOf,
        at(day));
    watcher.jdbc.update(
        "insert into delivery_ref (delivery_id, ref) values (?, 'refs/heads/main')", id);
  }

  @Test
  void aCommitThatARefIsKnownToNameStays() {
    for (String commit : List.of("old", "known", "newest")) {
      commit(commit, commit.equals("newest") ? 1 : 0);
    }
    watcher.jdbc.update(
        "insert into poll_ref (source, repository, ref, commit_id, since)"
            + " values ('pay', 'pay/api', 'refs/heads/release', 'known', ?)",
        at(0));
    watcher.clock.advance(LONG);
    var kept = List.of(PollConfiguration.commitsThatPollsKnow());

    RetentionRule rule = RetentionConfiguration.commits(watcher.jdbc, Purges.DEFAULTS, kept);

    assertThat(Purges.purge(watcher, rule)).isEqualTo(1);
    assertThat(left("commit_id", "commit_seen")).containsExactly("known", "newest");
  }

  private void commit(String commit, int day) {
    watcher.jdbc.update(
        "insert into commit_seen (source, repository, commit_id, ref, found_by, sentence, found_at)"
            + " values ('pay', 'pay/api', ?, 'refs/heads/main', 'poll', '-', ?)",
        commit,
        at(day));
  }

  @Test
  void refusedListsGo() {
    for (int day : List.of(0, 3_999)) {
      watcher.jdbc.update(
          "insert into want_list_refused (via, refusal, sentence, times, received_at)"
              + " values ('http', 'malformed', ?, 1, ?)",
          "day " + day,
          at(day));
    }
    watcher.clock.advance(LONG);
    RetentionRule rule = IntakeConfiguration.refusedListRetention(watcher.jdbc, Purges.DEFAULTS);

    assertThat(Purges.purge(watcher, rule)).isEqualTo(1);
    assertThat(left("sentence", "want_list_refused")).containsExactly("day 3999");
  }

  @Test
  void listsThatAnAgentSentGoButThoseThatWaitAndTheHighestNumber() {
    sent(1, "sent");
    sent(2, "waiting");
    sent(3, "refused");
    sent(4, "sent");
    watcher.clock.advance(LONG);
    RetentionRule rule = AgentConfiguration.sentListRetention(watcher.jdbc, Purges.DEFAULTS);

    assertThat(Purges.purge(watcher, rule)).isEqualTo(2);
    assertThat(watcher.jdbc.queryForList("select number from agent_out", Long.class))
        .containsExactlyInAnyOrder(2L, 4L);
  }

  private void sent(int number, String state) {
    watcher.jdbc.update(
        "insert into agent_out (number, source, commit_id, content, state, next_try, created_at)"
            + " values (?, 'pay', 'c', 'a list', ?, ?, ?)",
        number,
        state,
        state.equals("waiting") ? at(0) : null,
        at(0));
  }

  @Test
  void statusesOfAgentsGoButWhatIsPendingOrHasItsListAndTheHighestNumber() {
    status("inner-1", 1, "success");
    status("inner-1", 2, "pending");
    status("inner-1", 3, "failure");
    status("inner-1", 4, "failure");
    status("inner-2", 1, "success");
    watcher.jdbc.update(
        "insert into want_list (agent, number, sha256, source, commit_id, line_count, via, made_at,"
            + " received_at) values ('inner-1', 7, '-', 'pay', 'c3', 0, 'http', ?, ?)",
        at(0),
        at(0));
    RetentionRule rule = RetentionConfiguration.agentStatuses(watcher.jdbc, Purges.DEFAULTS);
    assertThat(Purges.purge(watcher, rule)).as("young").isZero();
    watcher.clock.advance(LONG);

    assertThat(Purges.purge(watcher, rule)).isEqualTo(1);
    assertThat(left("agent || ' ' || commit_id", "agent_status"))
        .containsExactly("inner-1 c2", "inner-1 c3", "inner-1 c4", "inner-2 c1");
  }

  private void status(String agent, int number, String state) {
    watcher.jdbc.update(
        "insert into agent_status (agent, source, commit_id, number, state, total, inside,"
            + " rejected, sentences, noted_at) values (?,'pay',?,?,?,0,0,0,'-',?)",
        agent,
        "c" + number,
        number,
        state,
        at(0));
  }

  @Test
  void whatIsKnownOfASourceGoesLongAfterItWasRemovedWhereverItWasDeclared() {
    change("gone", "api", "added", "removed");
    change("gone", "settings", "added", "removed");
    change("declared", "api", "added", "changed");
    change("in-the-settings", "settings", "added");
    change("in-the-settings", "api", "added", "removed");
    change("back", "api", "added", "removed", "added");
    var sources = List.of("back", "declared", "gone", "in-the-settings", "never-noted");
    sources.forEach(this::knowledge);
    watcher.clock.advance(Purges.DEFAULTS.commits());
    var rule = new RemovedSources(watcher.jdbc, Purges.DEFAULTS.commits());
    assertThat(Purges.purge(watcher, rule)).as("not longer ago yet").isZero();
    change("just-now", "api", "added", "removed");
    knowledge("just-now");
    watcher.clock.advance(Duration.ofSeconds(1));

    assertThat(Purges.purge(watcher, rule)).isEqualTo(5);

    for (String table :
        List.of("source_repository", "source_group", "group_found", "poll_missed")) {
      assertThat(left("source", table))
          .as(table)
          .containsExactly("back", "declared", "in-the-settings", "just-now", "never-noted");
    }
    assertThat(left("source", "tick")).doesNotContain("gone").hasSize(5);
    assertThat(left("source", "source_change")).contains("gone");
  }

  private void change(String source, String declared, String... changes) {
    for (String change : changes) {
      watcher.jdbc.update(
          "insert into source_change (source, change, declared, definition, at)"
              + " values (?,?,?,'{}',?)",
          source,
          change,
          declared,
          at(0));
    }
  }

  private void knowledge(String source) {
    watcher.jdbc.update(
        "insert into source_repository (source, repository, joined_at) values (?,'pay/api',?)",
        source,
        at(0));
    watcher.jdbc.update(
        "insert into source_group (source, place, state, next_look) values (?,'-','new',?)",
        source,
        at(0));
    watcher.jdbc.update(
        "insert into group_found (source, repository) values (?,'pay/web')", source);
    watcher.jdbc.update(
        "insert into poll_missed (source, missed, repository, ref, commit_id, found_at)"
            + " values (?,1,'pay/api','refs/heads/main','c',?)",
        source,
        at(0));
    watcher.jdbc.update(
        "insert into tick (source, repository, commit_id, state, description, link, changed,"
            + " changed_at) values (?,'pay/api','c','success','-','-',?,?)",
        source,
        watcher.count("tick") + 1,
        at(0));
  }

  @Test
  void rulesDoNothingOnTablesThatAModeDoesNotUse() {
    watcher.clock.advance(LONG);

    List<RetentionRule> rules =
        List.of(
            HookConfiguration.deliveryRetention(watcher.jdbc, Purges.DEFAULTS),
            TickConfiguration.tickRetention(watcher.jdbc, Purges.DEFAULTS),
            AgentConfiguration.sentListRetention(watcher.jdbc, Purges.DEFAULTS),
            IntakeConfiguration.wantListRetention(watcher.jdbc, Purges.DEFAULTS),
            IntakeConfiguration.refusedListRetention(watcher.jdbc, Purges.DEFAULTS),
            RetentionConfiguration.agentStatuses(watcher.jdbc, Purges.DEFAULTS),
            new RemovedSources(watcher.jdbc, Purges.DEFAULTS.commits()));

    assertThat(rules).allSatisfy(rule -> assertThat(Purges.purge(watcher, rule)).isZero());
    assertThat(rules).extracting(RetentionRule::what).doesNotHaveDuplicates();
  }
}
