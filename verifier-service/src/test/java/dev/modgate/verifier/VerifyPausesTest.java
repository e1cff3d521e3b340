package dev.modgate.verifier;

import dev.modgate.broker.LocalBroker;
import dev.modgate.pipeline.event.ModuleFetched;
import dev.modgate.pipeline.event.StageName;
import dev.modgate.pipeline.event.Topic;
import dev.modgate.pipeline.stage.KafkaSettings;
import dev.modgate.start.WatchedStage;
import dev.modgate.testsupport.SumDbLie;
import dev.modgate.testsupport.SyntheticModule;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The stage while nothing can be proven, or read: it pauses, says why, tries, and goes on by
/// itself.
class VerifyPausesTest {
  @TempDir private Path folder;

  @Test
  void theChecksumDatabaseIsAwayOrBrokenOrTheBlobStoreIsAway() throws Exception {
    var first = SyntheticModule.of("example.com/a@v1.0.0");
    var second = SyntheticModule.of("example.com/b@v1.0.0");
    var third = SyntheticModule.of("example.com/c@v1.0.0");
    var flaky = new FlakyStore();
    try (var broker = LocalBroker.start(folder, 0);
        var proving = new Proving(flaky);
        var stage =
            new WatchedStage<>(
                StageName.VERIFY,
                ModuleFetched.class,
                Topic.MODULE_FETCHED,
                proving.verifier(),
                new KafkaSettings(broker.bootstrapServers(), "test.", Map.of()))) {
      proving.database.add(first, second, third);
      String database = "checksum database " + proving.database.name();

      proving.upstream.down();
      stage.send(proving.fetched(first));
      stage.assertPauses(database, "can't be asked", "can't be reached");
      proving.upstream.up();
      stage.assertGoesOn(1);

      proving.database.lie("", SumDbLie.status(503, "later"));
      stage.send(proving.fetched(second));
      stage.assertPauses(database, "answered 503");
      proving.database.heal();
      stage.assertGoesOn(2);

      ModuleFetched event = proving.fetched(third);
      flaky.failOn(_ -> true);
      stage.send(event);
      stage.assertPauses("input/output error");
      flaky.failOn(_ -> false);
      stage.assertGoesOn(3);
    }
  }
}
