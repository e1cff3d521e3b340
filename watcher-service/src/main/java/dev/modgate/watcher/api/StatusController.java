package dev.modgate.watcher.api;

import dev.modgate.watcher.status.StatusService;
import dev.modgate.watcher.status.StatusView;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
final class StatusController {
  private final StatusService status;

  StatusController(StatusService status) {
    this.status = status;
  }

  @GetMapping("/api/v1/status")
  StatusView status() throws InterruptedException {
    return status.now();
  }
}
