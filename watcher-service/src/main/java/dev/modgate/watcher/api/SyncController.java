package dev.modgate.watcher.api;

import dev.modgate.gomod.module.ModuleVersion;
import dev.modgate.gomod.quote.Quoted;
import dev.modgate.watcher.plan.Plan;
import dev.modgate.watcher.sync.SyncService;
import dev.modgate.watcher.sync.SyncView;
import dev.modgate.watcher.sync.SyncViews;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/v1/syncs")
final class SyncController {
  private static final int MOST_LISTED = 100;

  /// Modules on a page: an answer is made in memory, and many may ask at once.
  private static final int MOST_MODULES = 1_000;

  private final SyncService syncs;
  private final SyncViews views;

  SyncController(SyncService syncs, SyncViews views) {
    this.syncs = syncs;
    this.views = views;
  }

  @PostMapping(consumes = "application/json")
  ResponseEntity<SyncView> accept(@RequestBody SyncRequest request) {
    Plan plan = PlanRequest.plan(request);
    String id = syncs.accept(PlanRequest.label(request), plan);
    return ResponseEntity.created(URI.create("/api/v1/syncs/" + id))
        .body(view(id, SyncView.Modules.NONE, Optional.empty(), 0));
  }

  @GetMapping("/{id}")
  SyncView sync(
      @PathVariable String id,
      @RequestParam(defaultValue = "all") String modules,
      @RequestParam(required = false) @Nullable String after,
      @RequestParam(defaultValue = "" + MOST_MODULES) int limit) {
    checkLimit(limit, MOST_MODULES);
    return view(
        id, modulesOf(modules), Optional.ofNullable(after).map(SyncController::moduleOf), limit);
  }

  @GetMapping
  List<SyncView> newest(@RequestParam(defaultValue = "50") int limit) {
    checkLimit(limit, MOST_LISTED);
    return views.newest(limit);
  }

  private static void checkLimit(int limit, int most) {
    if (limit < 1 || limit > most) {
      throw BadRequestException.unprocessable("limit is " + limit + ", want 1 to " + most);
    }
  }

  private SyncView view(
      String id, SyncView.Modules modules, Optional<ModuleVersion> after, int limit) {
    return views
        .find(id, modules, after, limit)
        .orElseThrow(() -> BadRequestException.notFound("there is no sync " + Quoted.of(id)));
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
