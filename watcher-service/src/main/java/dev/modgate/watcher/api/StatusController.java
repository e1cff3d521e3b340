package dev.modgate.watcher.api;

import dev.modgate.watcher.status.StatusService;
import dev.modgate.watcher.status.StatusView;
import org.springframework.http.ResponseEntity;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
final class StatusController {
  private final StatusService status;
  private final JdbcTemplate jdbc;

  StatusController(StatusService status, JdbcTemplate jdbc) {
    this.status = status;
    this.jdbc = jdbc;
  }

  @GetMapping("/api/v1/status")
  StatusView status() throws InterruptedException {
    return status.now();
  }

  /// The process lives, and so do all of its loops: one that can't go on ends the process. How the
  /// stages are is in the status: to start the watcher anew helps none of them.
  @GetMapping("/healthz")
  String healthz() {
    return "ok\n";
  }

  /// Syncs can be taken.
  @GetMapping("/readyz")
  ResponseEntity<String> readyz() {
    jdbc.queryForObject("select 1", Integer.class);
    return ResponseEntity.ok("ready\n");
  }
}
