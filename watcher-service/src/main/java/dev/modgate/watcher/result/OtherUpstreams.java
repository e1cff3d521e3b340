package dev.modgate.watcher.result;

import dev.modgate.pipeline.event.DeferReason;
import dev.modgate.pipeline.event.Files;
import dev.modgate.pipeline.event.ModuleDeferred;
import dev.modgate.pipeline.event.ModuleRequested;
import dev.modgate.pipeline.event.Refusal;
import dev.modgate.pipeline.event.RequestId;
import dev.modgate.watcher.catalog.ModuleRow;
import dev.modgate.watcher.catalog.ModuleRows;
import dev.modgate.watcher.claim.Claims;
import dev.modgate.watcher.claim.Origins;
import dev.modgate.watcher.outbox.Outbox;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// Asks anew, at once, for what one upstream gave wrong, and for what is damaged inside. The
/// verifier asks for that at most [Refusal#MOST] times in a row: each time it names one more
/// refusal.
final class OtherUpstreams {
  private final ModuleRows modules;
  private final Claims claims;
  private final Outbox outbox;

  OtherUpstreams(ModuleRows modules, Claims claims, Outbox outbox) {
    this.modules = modules;
    this.claims = claims;
    this.outbox = outbox;
  }

  Asked ask(ModuleDeferred deferred, ModuleRow row, Instant now) {
    ModuleRow next = row.askedAgain(deferred.request().attempt());
    RequestId request = next.request();
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
    return Asked.now(next, sentence(deferred), now);
  }

  private static String sentence(ModuleDeferred deferred) {
    if (deferred.reason() == DeferReason.DAMAGED) {
      return "asked for again, as what was inside is damaged";
    }
    return deferred.refusals().stream()
        .map(r -> r.upstream() + " (" + endings(r) + ")")
        .distinct()
        .collect(Collectors.joining(", ", "asked of others than ", ""));
  }

  private static String endings(Refusal refusal) {
    return refusal.files().stream().map(Files.Kind::ending).collect(Collectors.joining(", "));
  }
}
