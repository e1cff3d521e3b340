package dev.modgate.watcher.letter;

import dev.modgate.pipeline.event.DeferReason;
import dev.modgate.pipeline.event.ModuleDeferred;
import dev.modgate.pipeline.event.StageName;
import dev.modgate.pipeline.event.Topic;
import java.util.Map;
import java.util.Optional;

/// What a letter means for the syncs that wait for its module version. A stage answers a record
/// that it could read itself; one that it could not is answered here, if it names enough, so that
/// no sync waits for ever.
final class LetterAnswer {
  private static final Map<String, StageName> STAGES =
      Map.of("fetch", StageName.FETCH, "verify", StageName.VERIFY, "publish", StageName.PUBLISH);

  private LetterAnswer() {}

  static Optional<ModuleDeferred> of(Letter letter, String topicPrefix) {
    StageName stage = STAGES.get(letter.stage());
    if (stage == null || letter.origin().isEmpty()) {
      return Optional.empty();
    }
    Topic topic = Letter.topic(letter.origin().get().topic(), topicPrefix).orElseThrow();
    if (NamedModule.event(topic, letter.valueStart()).isPresent()) {
      return Optional.empty();
    }
    return NamedModule.in(letter.valueStart())
        .flatMap(named ->
            Optional.ofNullable(named.request())
                .map(request ->
                    new ModuleDeferred(
                        request,
                        named.module(),
                        named.want(),
                        stage,
                        DeferReason.DEAD_LETTERED,
                        named.module() + " has a record that can't be read: " + letter.cause(),
                        letter.diedAt())));
  }
}
