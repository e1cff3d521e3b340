package dev.modgate.watcher.command;

import dev.modgate.gomod.quote.Quoted;
import dev.modgate.pipeline.event.EventJson;
import dev.modgate.pipeline.event.StageName;
import dev.modgate.pipeline.stage.StageCommand;
import dev.modgate.watcher.api.BadRequestException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/// Ends pauses at once.
@RestController
final class ResumeController {
  private final Commands commands;

  ResumeController(Commands commands) {
    this.commands = commands;
  }

  @PostMapping("/api/v1/resume")
  @ResponseStatus(HttpStatus.ACCEPTED)
  List<UpkeepController.Taken> resume(@RequestParam(required = false) @Nullable String stage)
      throws InterruptedException {
    List<StageName> meant =
        Arrays.stream(StageName.values())
            .filter(one -> stage == null || EventJson.wireName(one).equals(stage))
            .toList();
    if (meant.isEmpty()) {
      throw BadRequestException.unprocessable(
          "stage is " + Quoted.of(String.valueOf(stage)) + ", want fetch, verify or publish");
    }
    var given = new ArrayList<UpkeepController.Taken>();
    for (StageName one : meant) {
      given.add(UpkeepController.Taken.of(commands.give(one, StageCommand.Order.RESUME)));
    }
    return given;
  }
}
