package dev.modgate.watcher.sync;

import static dev.modgate.watcher.database.Answers.HASH;
import static dev.modgate.watcher.database.Answers.published;
import static dev.modgate.watcher.database.Answers.rejected;
import static org.assertj.core.api.Assertions.assertThat;

import dev.modgate.pipeline.event.ModuleRequested;
import dev.modgate.pipeline.event.RejectReason;
import dev.modgate.watcher.database.OnEachDatabase;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SyncEndsTest extends OnEachDatabase {
  @Test
  void aSyncEndsWithItsLastAnswerInWhateverOrderTheyCome() {
    for (int seed = 0; seed < 5; seed++) {
      String sync = watcher.sync("test", lines("s" + seed, 20));
      List<ModuleRequested> requests = new ArrayList<>(watcher.requests());
      Collections.shuffle(requests, new Random(seed));

      for (ModuleRequested request : requests) {
        assertThat(watcher.view(sync).state()).isEqualTo("running");
        watcher.answer(published(request, HASH));
      }

      assertThat(watcher.view(sync).state()).isEqualTo("done");
    }
  }

  @Test
  void anItemThatOpensAgainKeepsItsSyncOpenThoughItWasPassed() {
    String sync = watcher.sync("test", lines("m", 3));
    List<ModuleRequested> requests = watcher.requests();
    watcher.answer(rejected(requests.get(0), RejectReason.BAD_ZIP));
    watcher.answer(published(requests.get(1), HASH));
    watcher.sync("asks again", "example.com/m0 v1.0.0 " + HASH);

    watcher.answer(published(requests.get(2), HASH));
    assertThat(watcher.view(sync).state()).isEqualTo("running");
    watcher.answer(published(watcher.request(), HASH));
    assertThat(watcher.view(sync).state()).isEqualTo("done");
  }

  private static String[] lines(String prefix, int modules) {
    return IntStream.range(0, modules)
        .mapToObj(i -> "example.com/" + prefix + i + " v1.0.0 " + HASH)
        .toArray(String[]::new);
  }
}
