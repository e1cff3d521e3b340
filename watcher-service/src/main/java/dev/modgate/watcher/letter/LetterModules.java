package dev.modgate.watcher.letter;

import dev.modgate.pipeline.event.DeferReason;
import dev.modgate.pipeline.event.EventJson;
import dev.modgate.pipeline.event.ModuleEvent;
import dev.modgate.pipeline.event.ModuleRequested;
import dev.modgate.pipeline.event.RequestId;
import dev.modgate.watcher.catalog.ModuleRow;
import dev.modgate.watcher.catalog.ModuleRows;
import dev.modgate.watcher.catalog.ModuleState;
import dev.modgate.watcher.catalog.Timeline;
import dev.modgate.watcher.claim.Claims;
import dev.modgate.watcher.claim.Origins;
import dev.modgate.watcher.outbox.Outbox;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

/// What a retry means for the module version that a letter is about. Inside a transaction.
final class LetterModules {
  private final JdbcTemplate jdbc;
  private final ModuleRows modules;
  private final Claims claims;
  private final Outbox outbox;
  private final Timeline timeline;

  LetterModules(
      JdbcTemplate jdbc, ModuleRows modules, Claims claims, Outbox outbox, Timeline timeline) {
    this.jdbc = jdbc;
    this.modules = modules;
    this.claims = claims;
    this.outbox = outbox;
    this.timeline = timeline;
  }

  /// The event was sent again. Where its death is why the module version counts as refused, it is
  /// in flight again, as if it had never been answered: what comes of it counts, and if nothing
  /// does, it is asked for again.
  void onItsWay(ModuleEvent event, long letter, Instant now) {
    var key = new ModuleRows.Key(event.module(), event.want());
    ModuleRow row = modules.lock(List.of(event.module())).get(key);
    if (row == null || !row.request().equals(event.request()) || !diedOf(row)) {
      return;
    }
    ModuleRow again = with(row, row.request());
    modules.request(List.of(again), Map.of(key, row), now);
    outbox.addSent(request(again), Outbox.INTERACTIVE, now);
    tell(again, "dead letter " + letter + " of it was sent again", now);
  }

  /// Asks for it anew.
  ///
  /// @return how that went, for people; empty where nobody ever asked for it here
  Optional<String> askAnew(NamedModule named, long letter, Instant now) {
    var key = new ModuleRows.Key(named.module(), named.want());
    ModuleRow row = modules.lock(List.of(named.module())).get(key);
    if (row == null) {
      return Optional.empty();
    }
    return Optional.of(
        switch (row.state()) {
          case INSIDE -> named.module() + " is inside meanwhile";
          case REQUESTED, FETCHED, VERIFIED -> named.module() + " is on its way anew already";
          case REJECTED, DEFERRED, ABSENT, WITHDRAWN, GIVEN_UP -> {
            ModuleRow asked = row.askedAgain();
            modules.request(List.of(asked), Map.of(key, row), now);
            outbox.add(List.of(request(asked)), Outbox.INTERACTIVE);
            tell(asked, "asked for anew, in place of dead letter " + letter, now);
            yield "the record is gone; " + named.module() + " was asked for anew";
          }
        });
  }

  private boolean diedOf(ModuleRow row) {
    @Nullable String reason =
        jdbc
            .queryForList(
                "select reason from module where path = ? and version = ? and want = ?",
                String.class,
                row.module().path().value(),
                row.module().version().toString(),
                row.want().name())
            .stream()
            .filter(java.util.Objects::nonNull)
            .findFirst()
            .orElse(null);
    return row.state() == ModuleState.REJECTED
        && EventJson.wireName(DeferReason.DEAD_LETTERED).equals(reason);
  }

  private static ModuleRow with(ModuleRow row, RequestId request) {
    return new ModuleRow(
        row.module(),
        row.want(),
        ModuleState.REQUESTED,
        request,
        row.deferrals(),
        row.zipHash(),
        row.goModHash());
  }

  private ModuleRequested request(ModuleRow row) {
    Origins origins = claims.originsOf(row.module());
    return new ModuleRequested(
        row.request(), row.module(), row.want(), origins.carried(), origins.count());
  }

  private void tell(ModuleRow row, String sentence, Instant now) {
    timeline.add(
        List.of(new Timeline.Entry(row.module(), now, "requested", sentence, row.request())));
  }
}
