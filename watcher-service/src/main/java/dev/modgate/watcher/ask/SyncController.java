package dev.modgate.watcher.ask;

import dev.modgate.gomod.module.ModuleVersion;
import dev.modgate.gomod.quote.Quoted;
import dev.modgate.watcher.api.BadRequestException;
import dev.modgate.watcher.api.Cursor;
import dev.modgate.watcher.api.ListPage;
import dev.modgate.watcher.plan.Plan;
import dev.modgate.watcher.sync.SyncChanges;
import dev.modgate.watcher.sync.SyncService;
import dev.modgate.watcher.sync.SyncView;
import dev.modgate.watcher.sync.SyncViews;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

@RestController
@RequestMapping("/api/v1/syncs")
final class SyncController {
  private static final int MOST_LISTED = 100;

  /// Modules on a page: an answer is made in memory, and many may ask at once.
  private static final int MOST_MODULES = 1_000;

  private final SyncService syncs;
  private final SyncChanges changes;
  private final SyncViews views;
  private final SyncEvents events;

  SyncController(SyncService syncs, SyncChanges changes, SyncViews views, SyncEvents events) {
    this.syncs = syncs;
    this.changes = changes;
    this.views = views;
    this.events = events;
  }

  @PostMapping(consumes = "application/json")
  ResponseEntity<SyncView> accept(@RequestBody SyncRequest request) {
    Plan plan = PlanRequest.plan(request);
    String id = syncs.accept(PlanRequest.label(request), plan);
    return ResponseEntity.created(URI.create("/api/v1/syncs/" + id))
        .body(view(id, SyncView.Modules.NONE, Optional.empty(), 0));
  }

  /// Ends it: what nobody else waits for is not asked for any more.
  @PostMapping("/{id}/cancel")
  SyncView cancel(@PathVariable String id) {
    return changed(id, changes.cancel(id));
  }

  /// Asks again for what is not inside.
  @PostMapping("/{id}/retry")
  SyncView retry(@PathVariable String id) {
    return changed(id, changes.retry(id));
  }

  private SyncView changed(String id, SyncChanges.Outcome outcome) {
    return switch (outcome) {
      case CHANGED -> view(id, SyncView.Modules.NONE, Optional.empty(), 0);
      case ENDED ->
          throw BadRequestException.conflict("sync " + Quoted.of(id) + " has ended already");
      case UNKNOWN -> throw unknown(id);
    };
  }

  /// A stream of server-sent events: `progress` with the sync, without its modules, when something
  /// has changed, and `end` with it when nothing changes by itself any more.
  @GetMapping(path = "/{id}/events", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
  SseEmitter events(@PathVariable String id) {
    if (views.find(id, SyncView.Modules.NONE, Optional.empty(), 0).isEmpty()) {
      throw unknown(id);
    }
    return events
        .follow(id)
        .orElseThrow(() ->
            BadRequestException.unavailable(
                "too many follow their syncs at this moment; ask for /api/v1/syncs/"
                    + id
                    + " now and then"));
  }

  @GetMapping("/{id}")
  SyncView sync(
      @PathVariable String id,
      @RequestParam(defaultValue = "all") String modules,
      @RequestParam(required = false) @Nullable String after,
      @RequestParam(defaultValue = "" + MOST_MODULES) int limit) {
    ListPage.check(limit, MOST_MODULES);
    return view(
        id, modulesOf(modules), Optional.ofNullable(after).map(SyncController::moduleOf), limit);
  }

  @GetMapping
  ResponseEntity<List<SyncView>> newest(
      @RequestParam(required = false) @Nullable String label,
      @RequestParam(required = false) @Nullable Boolean running,
      @RequestParam(required = false) @Nullable String after,
      @RequestParam(defaultValue = "50") int limit,
      HttpServletRequest request) {
    ListPage.check(limit, MOST_LISTED);
    Optional<SyncViews.Place> place =
        Cursor.read(after, 2)
            .map(parts -> new SyncViews.Place(Cursor.time(parts.get(0)), parts.get(1)));
    var filter =
        new SyncViews.Filter(Optional.ofNullable(label), Optional.ofNullable(running), place);
    return ListPage.of(
            views.newest(filter, limit + 1),
            limit,
            sync -> Cursor.of(sync.createdAt().toString(), sync.id()))
        .answer(request);
  }

  private SyncView view(
      String id, SyncView.Modules modules, Optional<ModuleVersion> after, int limit) {
    return views.find(id, modules, after, limit).orElseThrow(() -> unknown(id));
  }

  private static BadRequestException unknown(String id) {
    return BadRequestException.notFound("there is no sync " + Quoted.of(id));
  }

  private static ModuleVersion moduleOf(String after) {
    try {
      return ModuleVersion.parse(after);
    } catch (IllegalArgumentException e) {
      throw BadRequestException.unprocessable("after: " + e.getMessage());
    }
  }

  private static SyncView.Modules modulesOf(String text) {
    for (SyncView.Modules modules : SyncView.Modules.values()) {
      if (modules.name().toLowerCase(Locale.ROOT).equals(text)) {
        return modules;
      }
    }
    throw BadRequestException.unprocessable(
        "modules is " + Quoted.of(text) + ", want all, problems or none");
  }
}
