package dev.modgate.watcher.intake;

import dev.modgate.watcher.api.Cursor;
import dev.modgate.watcher.api.ListPage;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/// What came from agents, and what became of it.
@RestController
final class WantListController {
  private static final int MOST_LISTED = 1_000;

  private final WantListViews views;

  WantListController(WantListViews views) {
    this.views = views;
  }

  @GetMapping("/api/v1/want-lists")
  ResponseEntity<List<WantListViews.View>> newest(
      @RequestParam(required = false) @Nullable String agent,
      @RequestParam(required = false) @Nullable String after,
      @RequestParam(defaultValue = "50") int limit,
      HttpServletRequest request) {
    ListPage.check(limit, MOST_LISTED);
    Optional<WantListViews.Place> place = Cursor.read(after, 4).map(WantListViews.Place::of);
    return ListPage.of(
            views.newest(Optional.ofNullable(agent), place, limit + 1),
            limit,
            list -> list.place().cursor())
        .answer(request);
  }
}
