package dev.modgate.watcher.poll;

import dev.modgate.gomod.quote.Quoted;
import dev.modgate.watcher.api.BadRequestException;
import dev.modgate.watcher.source.Sources;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

@RestController
final class HealthController {
  private final Sources sources;
  private final SourceHealths healths;

  HealthController(Sources sources, SourceHealths healths) {
    this.sources = sources;
    this.healths = healths;
  }

  @GetMapping("/api/v1/sources/{name}/health")
  SourceHealth health(@PathVariable String name) {
    return sources
        .find(name)
        .map(healths::of)
        .orElseThrow(() -> BadRequestException.notFound("there is no source " + Quoted.of(name)));
  }
}
