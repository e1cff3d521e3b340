package dev.modgate.watcher.watch;

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

@RestController
final class WatchController {
  private static final int MOST_LISTED = 10_000;

  private final WatchRows rows;

  WatchController(WatchRows rows) {
    this.rows = rows;
  }

  /// Every watched module, when it was polled, and what went wrong.
  @GetMapping("/api/v1/watches")
  ResponseEntity<List<WatchRows.View>> watches(
      @RequestParam(required = false) @Nullable String watch,
      @RequestParam(required = false) @Nullable String after,
      @RequestParam(defaultValue = "1000") int limit,
      HttpServletRequest request) {
    ListPage.check(limit, MOST_LISTED);
    List<WatchRows.View> found =
        rows.all(Optional.ofNullable(watch), Cursor.read(after, 2), limit + 1);
    return ListPage.of(found, limit, one -> Cursor.of(one.watch(), one.module())).answer(request);
  }
}
