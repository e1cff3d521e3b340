package dev.modgate.watcher.command;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.modgate.pipeline.event.EventJson;
import dev.modgate.pipeline.event.StageName;
import dev.modgate.pipeline.stage.StageCommand;
import dev.modgate.pipeline.zone.ScrubState;
import dev.modgate.watcher.status.StageStatuses;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/// What keeps the inside whole.
@RestController
final class UpkeepController {
  private final StageStatuses statuses;
  private final Commands commands;

  UpkeepController(StageStatuses statuses, Commands commands) {
    this.statuses = statuses;
    this.commands = commands;
  }

  /// How far the scrub is.
  ///
  /// @param now the pass under way; null between two
  /// @param last the newest pass that ended; null before the first
  /// @param publisher that scrubs; null where none said anything for an hour
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record ScrubView(@Nullable Pass now, @Nullable Pass last, @Nullable String publisher) {}

  /// @param objects looked at
  /// @param bytes hashed
  /// @param found how many things were wrong
  /// @param mended how many of these are no longer, or will be
  /// @param findings the first ones
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Pass(
      Instant started,
      @Nullable Instant finished,
      long objects,
      long bytes,
      long found,
      long mended,
      List<Finding> findings) {}

  /// @param cure what was done
  record Finding(Instant at, String key, String fault, String sentence, String cure) {}

  /// @param id of the command
  record Taken(String id, Instant at) {
    static Taken of(StageCommand command) {
      return new Taken(command.id(), command.at());
    }
  }

  @GetMapping("/api/v1/scrub")
  ScrubView scrub() {
    Optional<ScrubState> told = statuses.scrub();
    return told.map(UpkeepController::view).orElseGet(() -> new ScrubView(null, null, null));
  }

  @PostMapping("/api/v1/scrub")
  @ResponseStatus(HttpStatus.ACCEPTED)
  Taken scrubNow() throws InterruptedException {
    return Taken.of(commands.give(StageName.PUBLISH, StageCommand.Order.SCRUB));
  }

  @PostMapping("/api/v1/rebuild")
  @ResponseStatus(HttpStatus.ACCEPTED)
  Taken rebuild() throws InterruptedException {
    return Taken.of(commands.give(StageName.PUBLISH, StageCommand.Order.REBUILD));
  }

  private static ScrubView view(ScrubState state) {
    return new ScrubView(pass(state.now()), pass(state.last()), state.holder());
  }

  private static @Nullable Pass pass(ScrubState.@Nullable Pass pass) {
    return pass == null
        ? null
        : new Pass(
            pass.started(),
            pass.finished(),
            pass.objects(),
            pass.bytes(),
            pass.found(),
            pass.cured(),
            pass.findings().stream().map(UpkeepController::finding).toList());
  }

  private static Finding finding(ScrubState.Finding finding) {
    return new Finding(
        finding.at(),
        finding.key(),
        EventJson.wireName(finding.fault()),
        finding.sentence(),
        EventJson.wireName(finding.cure()));
  }
}
