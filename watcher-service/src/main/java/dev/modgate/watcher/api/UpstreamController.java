package dev.modgate.watcher.api;

import dev.modgate.watcher.status.UpstreamService;
import dev.modgate.watcher.status.UpstreamView;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
final class UpstreamController {
  private final UpstreamService upstreams;

  UpstreamController(UpstreamService upstreams) {
    this.upstreams = upstreams;
  }

  @GetMapping("/api/v1/upstreams")
  UpstreamView upstreams() {
    return upstreams.now();
  }
}
