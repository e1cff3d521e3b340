package dev.modgate.watcher.intake;

import dev.modgate.watcher.api.BadRequestException;
import java.util.List;
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
  List<WantListViews.View> newest(@RequestParam(defaultValue = "50") int limit) {
    if (limit < 1 || limit > MOST_LISTED) {
      throw BadRequestException.unprocessable("limit is " + limit + ", want 1 to " + MOST_LISTED);
    }
    return views.newest(limit);
  }
}
