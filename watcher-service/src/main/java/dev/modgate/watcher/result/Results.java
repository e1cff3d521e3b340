package dev.modgate.watcher.result;

import dev.modgate.gomod.dirhash.H1;
import dev.modgate.gomod.module.ModuleVersion;
import dev.modgate.pipeline.event.EventJson;
import dev.modgate.pipeline.event.Evidence;
import dev.modgate.pipeline.event.GoModFacts;
import dev.modgate.pipeline.event.ModuleDeferred;
import dev.modgate.pipeline.event.ModuleEvent;
import dev.modgate.pipeline.event.ModuleFetched;
import dev.modgate.pipeline.event.ModulePublished;
import dev.modgate.pipeline.event.ModuleRejected;
import dev.modgate.pipeline.event.ModuleRequested;
import dev.modgate.pipeline.event.ModuleVerified;
import dev.modgate.pipeline.event.RequestId;
import dev.modgate.watcher.catalog.GoMods;
import dev.modgate.watcher.catalog.ModuleRow;
import dev.modgate.watcher.catalog.ModuleRows;
import dev.modgate.watcher.catalog.ModuleState;
import dev.modgate.watcher.catalog.StoredSentence;
import dev.modgate.watcher.catalog.Timeline;
import dev.modgate.watcher.claim.Claims;
import dev.modgate.watcher.claim.Origins;
import dev.modgate.watcher.happening.Happenings;
import dev.modgate.watcher.outbox.Outbox;
import dev.modgate.watcher.sync.SyncEnds;
import dev.modgate.watcher.sync.Walks;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionTemplate;

/// Applies a batch of answers in one transaction.
public final class Results {
  private final JdbcTemplate jdbc;
  private final TransactionTemplate transaction;
  private final ModuleRows modules;
  private final Claims claims;
  private final Timeline timeline;
  private final Outbox outbox;
  private final OtherUpstreams otherUpstreams;
  private final GoMods goMods;
  private final Walks walks;
  private final SyncEnds ends;
  private final Happenings happenings;
  private final Retry retry;
  private final Clock clock;

  public Results(
      JdbcTemplate jdbc,
      TransactionTemplate transaction,
      ModuleRows modules,
      Claims claims,
      Timeline timeline,
      Outbox outbox,
      SyncEnds ends,
      Happenings happenings,
      Retry retry,
      Clock clock) {
    this.jdbc = jdbc;
    this.transaction = transaction;
    this.modules = modules;
    this.claims = claims;
    this.timeline = timeline;
    this.outbox = outbox;
    this.otherUpstreams = new OtherUpstreams(modules, claims, outbox);
    this.goMods = new GoMods(jdbc);
    this.walks = new Walks(jdbc);
    this.ends = ends;
    this.happenings = happenings;
    this.retry = retry;
    this.clock = clock;
  }

  /// Returns when the database has it; only then may the offsets be committed.
  public void apply(List<? extends ModuleEvent> events) {
    transaction.executeWithoutResult(_ -> applyAll(events));
    outbox.wakeRelay();
  }

  private void applyAll(List<? extends ModuleEvent> events) {
    Instant now = clock.instant();
    Set<ModuleVersion> versions = new LinkedHashSet<>();
    events.forEach(event -> versions.add(event.module()));
    Map<ModuleRows.Key, ModuleRow> rows = modules.lock(versions);
    var entries = new ArrayList<Timeline.Entry>();
    var answered = new ArrayList<RequestId>();
    Set<ModuleVersion> settled = new LinkedHashSet<>();
    for (ModuleEvent event : events) {
      entries.add(
          new Timeline.Entry(event.module(), now, word(event), sentence(event), event.request()));
      var key = new ModuleRows.Key(event.module(), event.want());
      ModuleRow row = rows.get(key);
      Change change = Change.of(row, event);
      if (change.answers()) {
        answered.add(event.request());
      }
      if (change.to() == null) {
        continue;
      }
      ModuleRow written = write(row, event, change.to(), now);
      rows.put(key, written);
      if (written.state() == ModuleState.GIVEN_UP) {
        entries.add(
            new Timeline.Entry(event.module(), now, "given-up", givenUp(event), event.request()));
      }
      if (!change.to().inFlight()) {
        settled.add(event.module());
      }
      if (event instanceof ModuleDeferred deferred && row != null && change.to().inFlight()) {
        Asked asked = otherUpstreams.ask(deferred, row, now);
        rows.put(key, asked.row());
        entries.add(asked.entry());
      }
      if (event instanceof ModulePublished published) {
        judgeClaims(published);
      }
      if (event instanceof ModuleRejected rejected) {
        askAgainWithAllClaims(rejected, written, now)
            .ifPresentOrElse(
                asked -> {
                  rows.put(key, asked.row());
                  entries.add(asked.entry());
                },
                () -> happenings.refused(rejected, now));
      }
    }
    timeline.add(entries);
    outbox.answered(answered);
    Map<ModuleVersion, GoModFacts> told = goMods(events);
    goMods.keep(told);
    var news = new LinkedHashSet<>(settled);
    news.addAll(told.keySet());
    walks.wake(news, now);
    ends.finish(claims.openSyncsOf(settled), now);
  }

  private static Map<ModuleVersion, GoModFacts> goMods(List<? extends ModuleEvent> events) {
    var told = new LinkedHashMap<ModuleVersion, GoModFacts>();
    for (ModuleEvent event : events) {
      if (event instanceof ModuleVerified verified && verified.goMod() != null) {
        told.putIfAbsent(verified.module(), verified.goMod());
      }
    }
    return told;
  }

  private ModuleRow write(
      @Nullable ModuleRow row, ModuleEvent event, ModuleState wanted, Instant now) {
    Instant since = wanted == ModuleState.DEFERRED ? deferredSince(row, event, now) : null;
    ModuleState to =
        since != null && retry.givesUp(Duration.between(since, now))
            ? ModuleState.GIVEN_UP
            : wanted;
    var key =
        new Object[] {
          event.module().path().value(), event.module().version().toString(), event.want().name()
        };
    int before = row == null ? 0 : row.deferrals();
    int deferrals = to == ModuleState.DEFERRED ? before + 1 : before;
    if (row == null) { // another database asked for it: the catalog knows it all the same
      jdbc.update(
          "insert into module (path, version, want, state, request_id, attempt, updated_at)"
              + " values (?,?,?,?,?,?,?)",
          key[0],
          key[1],
          key[2],
          to.wireName(),
          event.request().id(),
          event.request().attempt(),
          ModuleRows.time(now));
    }
    var told = Told.by(event);
    Instant nextTry = to == ModuleState.DEFERRED ? now.plus(retry.after(before)) : null;
    Evidence evidence = event instanceof ModulePublished published ? published.evidence() : null;
    H1 zipHash = evidence == null ? null : evidence.zipHash();
    H1 goModHash = evidence == null ? null : evidence.goModHash();
    jdbc.update(
        "update module set state = ?, reason = ?, sentence = ?, next_try = ?, deferrals = ?,"
            + " zip_hash = coalesce(?, zip_hash), go_mod_hash = coalesce(?, go_mod_hash),"
            + " bytes = case when ? > 0 then ? else bytes end,"
            + " evidence = coalesce(?, evidence), deferred_since = ?, updated_at = ?"
            + " where path = ? and version = ? and want = ?",
        to.wireName(),
        told.reason(),
        to == ModuleState.GIVEN_UP ? StoredSentence.of(givenUp(event)) : told.sentence(),
        nextTry == null ? null : ModuleRows.time(nextTry),
        deferrals,
        zipHash == null ? null : zipHash.value(),
        goModHash == null ? null : goModHash.value(),
        bytes(event),
        bytes(event),
        evidence == null ? null : EventJson.mapper().writeValueAsString(evidence),
        since == null ? null : ModuleRows.time(since),
        ModuleRows.time(now),
        key[0],
        key[1],
        key[2]);
    return new ModuleRow(
        event.module(),
        event.want(),
        to,
        row == null ? event.request() : row.request(),
        deferrals,
        zipHash == null && row != null ? row.zipHash() : zipHash,
        goModHash == null && row != null ? row.goModHash() : goModHash);
  }

  /// Of those in a row since a sync last asked.
  private Instant deferredSince(@Nullable ModuleRow row, ModuleEvent event, Instant now) {
    if (row == null || row.deferrals() == 0) {
      return now;
    }
    return jdbc
        .query(
            "select deferred_since from module where path = ? and version = ? and want = ?",
            (found, _) -> Optional.ofNullable(found.getObject(1, OffsetDateTime.class)),
            event.module().path().value(),
            event.module().version().toString(),
            event.want().name())
        .stream()
        .findFirst()
        .flatMap(since -> since)
        .map(OffsetDateTime::toInstant)
        .orElse(now);
  }

  private static String givenUp(ModuleEvent event) {
    return "given up after it was put off again and again, the last time because: "
        + sentence(event)
        + "; a new sync asks again";
  }

  /// The module's verdict is for everybody; a wrong line fails the sync that brought it, alone.
  private void judgeClaims(ModulePublished published) {
    claims.failContradicting(
        published.module(), published.evidence().zipHash(), published.evidence().goModHash());
  }

  /// The request may not have carried the claims of a sync that attached later. With them the
  /// verifier can prove the bytes, or say which claims disagree.
  private Optional<Asked> askAgainWithAllClaims(
      ModuleRejected rejected, ModuleRow row, Instant now) {
    Origins origins = claims.originsOf(rejected.module());
    if (!origins.canChange(rejected)) {
      return Optional.empty();
    }
    ModuleRow asked = row.askedAgain(rejected.request().attempt());
    modules.request(
        List.of(asked), Map.of(new ModuleRows.Key(rejected.module(), rejected.want()), row), now);
    outbox.add(
        List.of(
            new ModuleRequested(
                asked.request(),
                rejected.module(),
                rejected.want(),
                origins.carried(),
                origins.count())),
        Outbox.INTERACTIVE);
    return Optional.of(Asked.now(asked, "asked again with the claims that came later", now));
  }

  private static long bytes(ModuleEvent event) {
    return switch (event) {
      case ModuleFetched fetched -> fetched.files().size();
      case ModuleVerified verified -> verified.evidence().files().size();
      case ModulePublished published -> published.evidence().files().size();
      case ModuleRequested _, ModuleRejected _, ModuleDeferred _ -> 0;
    };
  }

  private static String word(ModuleEvent event) {
    return switch (event) {
      case ModuleRequested _ -> "requested";
      case ModuleFetched _ -> "fetched";
      case ModuleVerified _ -> "verified";
      case ModulePublished _ -> "published";
      case ModuleRejected _ -> "rejected";
      case ModuleDeferred _ -> "deferred";
    };
  }

  private static String sentence(ModuleEvent event) {
    return switch (event) {
      case ModuleRequested _ -> "";
      case ModuleFetched fetched ->
          fetched.files().size() + " bytes from " + fetched.fetch().sentence();
      case ModuleVerified verified -> String.join("; ", verified.evidence().checks());
      case ModulePublished published -> "visible inside since " + published.at();
      case ModuleRejected rejected -> rejected.sentence();
      case ModuleDeferred deferred -> deferred.sentence();
    };
  }

  /// Reason code and sentence of an event, where it has them.
  private record Told(@Nullable String reason, @Nullable String sentence) {
    static Told by(ModuleEvent event) {
      return switch (event) {
        case ModuleRejected e ->
            new Told(EventJson.wireName(e.reason()), StoredSentence.of(e.sentence()));
        case ModuleDeferred e ->
            new Told(EventJson.wireName(e.reason()), StoredSentence.of(e.sentence()));
        case ModuleRequested _, ModuleFetched _, ModuleVerified _, ModulePublished _ ->
            new Told(null, null);
      };
    }
  }
}
