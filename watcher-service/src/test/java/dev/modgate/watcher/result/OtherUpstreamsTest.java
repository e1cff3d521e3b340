package dev.modgate.watcher.result;

import static org.assertj.core.api.Assertions.assertThat;

import dev.modgate.gomod.dirhash.H1;
import dev.modgate.gomod.module.ModuleVersion;
import dev.modgate.pipeline.event.Claim;
import dev.modgate.pipeline.event.DeferReason;
import dev.modgate.pipeline.event.EventJson;
import dev.modgate.pipeline.event.Files;
import dev.modgate.pipeline.event.ModuleDeferred;
import dev.modgate.pipeline.event.ModuleRejected;
import dev.modgate.pipeline.event.ModuleRequested;
import dev.modgate.pipeline.event.Refusal;
import dev.modgate.pipeline.event.RejectReason;
import dev.modgate.pipeline.event.RequestId;
import dev.modgate.pipeline.event.StageName;
import dev.modgate.pipeline.event.Want;
import dev.modgate.watcher.catalog.ModuleRows;
import dev.modgate.watcher.catalog.ModuleViews;
import dev.modgate.watcher.catalog.Timeline;
import dev.modgate.watcher.outbox.Outbox;
import dev.modgate.watcher.plan.Plan;
import dev.modgate.watcher.plan.PlanItem;
import dev.modgate.watcher.sync.SyncEnds;
import dev.modgate.watcher.sync.SyncService;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/// The verifier refuses the bytes of one upstream while others are untried.
class OtherUpstreamsTest {
  private static final ModuleVersion MODULE = ModuleVersion.parse("example.com/a@v1.0.0");
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
  private static final H1 HASH = new H1("h1:47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=");
  private static final Refusal OF_A =
      new Refusal(
          "https://a", Set.of(Files.Kind.ZIP), RejectReason.CLAIM_MISMATCH, "zip hash is h1:x");

  private final DriverManagerDataSource database =
      new DriverManagerDataSource("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1");
  private final JdbcTemplate jdbc = new JdbcTemplate(database);
  private final TransactionTemplate transaction =
      new TransactionTemplate(new JdbcTransactionManager(database));
  private final Clock clock = Clock.fixed(NOW, ZoneOffset.UTC);
  private final ModuleRows modules = new ModuleRows(jdbc);
  private final Outbox outbox = new Outbox(jdbc, () -> {});
  private final SyncEnds ends = new SyncEnds(jdbc);
  private final Timeline timeline = new Timeline(jdbc);
  private final Results results =
      new Results(
          jdbc,
          transaction,
          modules,
          new Claims(jdbc),
          timeline,
          outbox,
          ends,
          new Retry(new Random(1)),
          clock);

  @BeforeEach
  void asked() {
    Flyway.configure()
        .dataSource(database)
        .locations("classpath:dev/modgate/watcher/db/migration")
        .load()
        .migrate();
    var claim = new Claim(Claim.Subject.ZIP, HASH, "go.sum", 1);
    new SyncService(jdbc, transaction, modules, outbox, timeline, ends, clock)
        .accept(
            "test", new Plan(List.of(new PlanItem(MODULE, Want.ZIP, List.of(claim))), List.of()));
  }

  @Test
  void theOthersAreAskedAtOnceAndTheSyncGoesOn() throws Exception {
    results.apply(List.of(wrongBytes(1, OF_A)));

    ModuleRequested next = request();
    assertThat(next.request()).isEqualTo(new RequestId(id(), 2));
    assertThat(next.refusals()).containsExactly(OF_A);
    assertThat(next.origins()).hasSize(1);
    assertThat(jdbc.queryForObject("select priority from outbox", Integer.class))
        .isEqualTo(Outbox.INTERACTIVE);
    assertThat(state()).isEqualTo("requested");
    assertThat(jdbc.queryForList("select next_try from module where next_try is not null"))
        .isEmpty();
    assertThat(unfinishedSyncs()).isOne();
  }

  @Test
  void theTimelineKeepsWhatWasRefusedAndWhoWasAskedThen() {
    results.apply(List.of(wrongBytes(1, OF_A)));

    assertThat(new ModuleViews(jdbc).version(MODULE).timeline())
        .extracting(ModuleViews.Happening::event, ModuleViews.Happening::sentence)
        .endsWith(
            org.assertj.core.groups.Tuple.tuple("deferred", "zip hash is h1:x, from https://a"),
            org.assertj.core.groups.Tuple.tuple(
                "requested", "asked of others than https://a (.zip)"));
  }

  @Test
  void theSameAnswerTwiceAsksOnce() throws Exception {
    results.apply(List.of(wrongBytes(1, OF_A), wrongBytes(1, OF_A)));
    results.apply(List.of(wrongBytes(1, OF_A)));

    assertThat(request().request().attempt()).isEqualTo(2);
  }

  @Test
  void aVerdictInTheEndSettlesIt() {
    results.apply(List.of(wrongBytes(1, OF_A), rejected(2)));

    assertThat(state()).isEqualTo("rejected");
    assertThat(jdbc.queryForObject("select count(*) from outbox", Integer.class)).isZero();
    assertThat(unfinishedSyncs()).isZero();
  }

  @Test
  void aDeferralThatNamesNobodyToAvoidIsPutOff() {
    results.apply(List.of(wrongBytes(1)));

    assertThat(state()).isEqualTo("deferred");
    assertThat(jdbc.queryForObject("select count(*) from outbox", Integer.class)).isZero();
  }

  @Test
  void whatAnotherDatabaseAskedForIsPutOff() {
    jdbc.update("delete from module");
    jdbc.update("delete from outbox");

    results.apply(List.of(wrongBytes(7, OF_A)));

    assertThat(state()).isEqualTo("deferred");
  }

  private ModuleDeferred wrongBytes(int attempt, Refusal... refusals) {
    return new ModuleDeferred(
        new RequestId(id(), attempt),
        MODULE,
        Want.ZIP,
        StageName.VERIFY,
        DeferReason.WRONG_BYTES,
        "zip hash is h1:x, from https://a",
        NOW,
        List.of(refusals));
  }

  private ModuleRejected rejected(int attempt) {
    return new ModuleRejected(
        new RequestId(id(), attempt),
        MODULE,
        Want.ZIP,
        StageName.VERIFY,
        RejectReason.CLAIM_MISMATCH,
        "zip hash is h1:x",
        request().origins(),
        null,
        0,
        NOW);
  }

  private String id() {
    return jdbc.queryForList("select request_id from module", String.class).stream()
        .findFirst()
        .orElse("unknown");
  }

  private String state() {
    return String.valueOf(jdbc.queryForObject("select state from module", String.class));
  }

  private int unfinishedSyncs() {
    return jdbc.queryForList("select id from sync where finished_at is null").size();
  }

  private ModuleRequested request() {
    String payload =
        String.valueOf(jdbc.queryForObject("select payload from outbox", String.class));
    try {
      return EventJson.read(ModuleRequested.class, payload.getBytes(StandardCharsets.UTF_8));
    } catch (dev.modgate.pipeline.event.UnreadableEventException e) {
      throw new AssertionError(payload, e);
    }
  }
}
