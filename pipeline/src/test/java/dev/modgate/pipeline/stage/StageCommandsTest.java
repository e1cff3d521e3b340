package dev.modgate.pipeline.stage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.modgate.pipeline.event.StageName;
import dev.modgate.pipeline.event.UnreadableEventException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;

class StageCommandsTest extends OnBroker {
  private final List<String> heard = new CopyOnWriteArrayList<>();

  @Test
  void hearsWhatIsGivenFromItsStartOnAndOnlyItsOwn() {
    give(command("before", StageName.PUBLISH).write());
    try (var commands = new StageCommands(kafka, StageName.PUBLISH, c -> heard.add(c.id()))) {
      commands.start();
      giveUntilOneIsHeard();

      give("{}".getBytes(StandardCharsets.UTF_8));
      give(
          "{\"id\":\"x\",\"stage\":\"publish\",\"order\":\"dance\"}"
              .getBytes(StandardCharsets.UTF_8));
      give(command("other", StageName.FETCH).write());
      give(command("last", StageName.PUBLISH).write());

      awaitUnchecked(() -> heard.contains("last"));
      assertThat(heard).doesNotContain("before", "other", "x").doesNotHaveDuplicates();
    }
  }

  @Test
  void goesOnAfterACommandThatWentWrong() {
    try (var commands =
        new StageCommands(
            kafka,
            StageName.PUBLISH,
            c -> {
              heard.add(c.id());
              throw new IllegalStateException("bug");
            })) {
      commands.start();
      giveUntilOneIsHeard();

      give(command("last", StageName.PUBLISH).write());

      awaitUnchecked(() -> heard.contains("last"));
    }
  }

  @Test
  void isReadAsItWasWritten() throws Exception {
    StageCommand command = command("c1", StageName.FETCH);

    assertThat(StageCommand.read(command.write())).isEqualTo(command);
    assertThatExceptionOfType(UnreadableEventException.class)
        .isThrownBy(() -> StageCommand.read("{\"order\":7}".getBytes(StandardCharsets.UTF_8)))
        .withMessageContaining("no stage command");
  }

  /// When the listener has found the end of the topic can't be seen from outside.
  private void giveUntilOneIsHeard() {
    int[] given = {0};
    awaitUnchecked(() -> {
      give(command("try" + given[0]++, StageName.PUBLISH).write());
      return !heard.isEmpty();
    });
  }

  private void give(byte[] value) {
    var _ = producer.send(new ProducerRecord<>(kafka.commandTopic(), value));
    producer.flush();
  }

  private static StageCommand command(String id, StageName stage) {
    return new StageCommand(id, stage, StageCommand.Order.SCRUB, Instant.EPOCH);
  }
}
