package dev.modgate.watcher.api;

import org.springframework.http.ResponseEntity;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
final class ProbeController {
  private final JdbcTemplate jdbc;

  ProbeController(JdbcTemplate jdbc) {
    this.jdbc = jdbc;
  }

  /// The process lives, and so do all of its loops: one that can't go on ends the process. How the
  /// stages are is in the status: to start the watcher anew helps none of them.
  @GetMapping("/healthz")
  String healthz() {
    return "ok\n";
  }

  /// Syncs can be taken; by an agent, deliveries.
  @GetMapping("/readyz")
  ResponseEntity<String> readyz() {
    jdbc.queryForObject("select 1", Integer.class);
    return ResponseEntity.ok("ready\n");
  }
}
