package dev.modgate.watcher.command;

import dev.modgate.pipeline.event.StageName;
import dev.modgate.pipeline.stage.StageCommand;
import dev.modgate.watcher.status.UpstreamService;
import dev.modgate.watcher.status.UpstreamView;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/// How the upstreams are doing.
@RestController
final class UpstreamController {
  private final UpstreamService upstreams;
  private final Commands commands;

  UpstreamController(UpstreamService upstreams, Commands commands) {
    this.upstreams = upstreams;
    this.commands = commands;
  }

  @GetMapping("/api/v1/upstreams")
  UpstreamView upstreams() {
    return upstreams.now();
  }

  @PostMapping("/api/v1/upstreams/probe")
  @ResponseStatus(HttpStatus.ACCEPTED)
  UpkeepController.Taken probe() throws InterruptedException {
    return UpkeepController.Taken.of(commands.give(StageName.FETCH, StageCommand.Order.PROBE));
  }
}
