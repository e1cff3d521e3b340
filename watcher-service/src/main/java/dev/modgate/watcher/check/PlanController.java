package dev.modgate.watcher.check;

import dev.modgate.watcher.api.BadRequestException;
import dev.modgate.watcher.ask.PlanRequest;
import dev.modgate.watcher.ask.SyncRequest;
import dev.modgate.watcher.walk.BadClosureException;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/v1/plans")
final class PlanController {
  private final Planner planner;

  PlanController(Planner planner) {
    this.planner = planner;
  }

  /// Says how a project stands, and changes nothing.
  @PostMapping(consumes = "application/json")
  PlanView plan(@RequestBody SyncRequest request) {
    try {
      return planner.view(PlanRequest.label(request), PlanRequest.plan(request));
    } catch (BadClosureException e) {
      throw BadRequestException.unprocessable(e.sentence());
    }
  }
}
