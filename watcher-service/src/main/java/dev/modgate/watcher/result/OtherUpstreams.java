package dev.modgate.watcher.result;

import dev.modgate.pipeline.event.Files;
import dev.modgate.pipeline.event.ModuleDeferred;
import dev.modgate.pipeline.event.ModuleRequested;
import dev.modgate.pipeline.event.Refusal;
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
import java.util.stream.Collectors;

/// Asks anew, at once, for what one upstream gave wrong. The verifier asks for that at most
/// [Refusal#MOST] times in a row: each time it names one more refusal.
final class OtherUpstreams {
  private final ModuleRows modules;
  private final Claims claims;
  private final Outbox outbox;

  OtherUpstreams(ModuleRows modules, Claims claims, Outbox outbox) {
    this.modules = modules;
    this.claims = claims;
    this.outbox = outbox;
  }

  /// What was asked.
  ///
  /// @param row as it is now: still in flight
  record Asked(ModuleRow row, Timeline.Entry entry) {}

  Asked ask(ModuleDeferred deferred, ModuleRow row, Instant now) {
    int attempt = Math.max(row.request().attempt(), deferred.request().attempt());
    var request = new RequestId(row.request().id(), attempt + 1);
    var next =
        new ModuleRow(
            row.module(),
            row.want(),
            ModuleState.REQUESTED,
            request,
            row.deferrals(),
            row.zipHash(),
            row.goModHash());
    modules.request(List.of(next), Map.of(new ModuleRows.Key(row.module(), row.want()), row), now);
    Origins origins = claims.originsOf(row.module());
    outbox.add(
        List.of(
            new ModuleRequested(
                request,
                row.module(),
                row.want(),
                origins.carried(),
                origins.count(),
                deferred.refusals())),
        Outbox.INTERACTIVE);
    return new Asked(
        next, new Timeline.Entry(row.module(), now, "requested", sentence(deferred), request));
  }

  private static String sentence(ModuleDeferred deferred) {
    return deferred.refusals().stream()
        .map(r -> r.upstream() + " (" + endings(r) + ")")
        .distinct()
        .collect(Collectors.joining(", ", "asked of others than ", ""));
  }

  private static String endings(Refusal refusal) {
    return refusal.files().stream().map(Files.Kind::ending).collect(Collectors.joining(", "));
  }
}
