package dev.modgate.watcher.tick;

import dev.modgate.gomod.quote.Quoted;
import dev.modgate.watcher.api.BadRequestException;
import dev.modgate.watcher.source.Sources;
import java.util.List;
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
  List<TickView> newest(@PathVariable String name, @RequestParam(defaultValue = "50") int limit) {
    if (limit < 1 || limit > MOST_LISTED) {
      throw BadRequestException.unprocessable("limit is " + limit + ", want 1 to " + MOST_LISTED);
    }
    if (sources.find(name).isEmpty()) {
      throw BadRequestException.notFound("there is no source " + Quoted.of(name));
    }
    return ticks.newest(name, limit);
  }
}
