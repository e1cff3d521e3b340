package dev.modgate.watcher.tick;

import dev.modgate.gomod.quote.Quoted;
import dev.modgate.watcher.api.BadRequestException;
import dev.modgate.watcher.api.Cursor;
import dev.modgate.watcher.api.ListPage;
import dev.modgate.watcher.source.Sources;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
final class TickController {
  private static final int MOST_LISTED = 1_000;

  private final Sources sources;
  private final Ticks ticks;

  TickController(Sources sources, Ticks ticks) {
    this.sources = sources;
    this.ticks = ticks;
  }

  @GetMapping("/api/v1/sources/{name}/ticks")
  ResponseEntity<List<TickView>> newest(
      @PathVariable String name,
      @RequestParam(required = false) @Nullable String after,
      @RequestParam(defaultValue = "50") int limit,
      HttpServletRequest request) {
    ListPage.check(limit, MOST_LISTED);
    if (sources.find(name).isEmpty()) {
      throw BadRequestException.notFound("there is no source " + Quoted.of(name));
    }
    long before =
        Cursor.read(after, 1).map(parts -> Cursor.number(parts.getFirst())).orElse(Long.MAX_VALUE);
    return ListPage.of(
            ticks.newest(name, before, limit + 1),
            limit,
            tick -> Cursor.of(Long.toString(tick.changed())))
        .answer(request);
  }
}
