package dev.modgate.watcher.watch;

import java.util.List;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
final class WatchController {
  private static final int MOST_LISTED = 10_000;

  private final WatchRows rows;

  WatchController(WatchRows rows) {
    this.rows = rows;
  }

  /// Every watched module, when it was polled, and what went wrong.
  @GetMapping("/api/v1/watches")
  List<WatchRows.View> watches() {
    return rows.all(MOST_LISTED);
  }
}
