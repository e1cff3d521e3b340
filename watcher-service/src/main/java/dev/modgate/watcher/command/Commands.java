package dev.modgate.watcher.command;

import dev.modgate.pipeline.event.EventJson;
import dev.modgate.pipeline.event.StageName;
import dev.modgate.pipeline.stage.EventSender;
import dev.modgate.pipeline.stage.StageCommand;
import dev.modgate.watcher.api.BadRequestException;
import java.time.Clock;
import java.util.UUID;
import org.apache.kafka.common.KafkaException;

/// Gives commands to stages.
public final class Commands {
  private final EventSender sender;
  private final Clock clock;

  public Commands(EventSender sender, Clock clock) {
    this.sender = sender;
    this.clock = clock;
  }

  /// Returns when the broker has it. Whether somebody hears it, shows itself.
  ///
  /// @throws BadRequestException of status 503 where the broker does not take it
  public StageCommand give(StageName stage, StageCommand.Order order) throws InterruptedException {
    var command = new StageCommand(UUID.randomUUID().toString(), stage, order, clock.instant());
    try {
      sender.command(command);
      return command;
    } catch (KafkaException e) {
      throw BadRequestException.unavailable(
          "kafka takes no command to "
              + EventJson.wireName(stage)
              + " now: "
              + e.getMessage()
              + "; try again");
    }
  }
}
