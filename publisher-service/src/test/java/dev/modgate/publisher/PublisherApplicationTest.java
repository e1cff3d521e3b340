package dev.modgate.publisher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.modgate.pipeline.event.ModuleVerified;
import dev.modgate.pipeline.event.Want;
import dev.modgate.pipeline.stage.StageWork;
import dev.modgate.pipeline.store.BlobStore;
import dev.modgate.pipeline.store.MemoryObjectStore;
import dev.modgate.start.SecurityEvents;
import dev.modgate.start.StartException;
import dev.modgate.testsupport.SyntheticModule;
import dev.modgate.testsupport.TestVerifier;
import io.micrometer.core.instrument.Metrics;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.ConfigurableApplicationContext;

class PublisherApplicationTest {
  private @TempDir Path folder;

  @Test
  void startsWithItsDefaultsAndStops() {
    try (var context = start()) {
      assertThat(context.isRunning()).isTrue();
      assertThat(context.getEnvironment().getProperty("spring.main.web-application-type"))
          .isEqualTo("none");
    }
  }

  @Test
  @SuppressWarnings("unchecked") // the one bean of that class is of these events
  void aRefusalIsCountedWhereEverybodyCanReadIt() throws Exception {
    try (var context = start()) {
      StageWork<ModuleVerified> work = context.getBean(SecurityEvents.class);
      var outer = new Outer(new MemoryObjectStore(), context.getBean(BlobStore.class));
      var module = SyntheticModule.of("example.com/m@v1.0.0");
      double before = refusals();

      work.process(outer.verified(module, Want.ZIP));
      work.process(outer.verified(module.withFile("lib.go", "package other\n"), Want.ZIP));

      assertThat(refusals()).isEqualTo(before + 1);
    }
  }

  private static double refusals() {
    return Metrics.globalRegistry
        .get("modgate.security.events")
        .tag("stage", "publish")
        .tag("kind", "published-differs")
        .counter()
        .count();
  }

  @Test
  void refusesToStartAndNamesEveryProblem() {
    assertThatExceptionOfType(StartException.class)
        .isThrownBy(() ->
            start("--modgate.publisher.max-items=0", "--modgate.publisher.max-item=3").close())
        .satisfies(e ->
            assertThat(e.problems())
                .containsExactly(
                    "modgate.publisher.max-items is 0, want 1 to 1000",
                    "modgate.publisher.max-item is no setting"));
  }

  @Test
  void refusesToStartWithoutAPinnedVerifier() {
    assertThatExceptionOfType(Exception.class)
        .isThrownBy(() -> run(arguments()).close())
        .satisfies(e ->
            assertThat(StartException.among(e).orElseThrow().getMessage())
                .startsWith("modgate.publisher.verifier-keys pins no verifier"));
  }

  private ConfigurableApplicationContext start(String... more) {
    var arguments = new ArrayList<>(arguments());
    arguments.add("--modgate.publisher.verifier-keys=" + TestVerifier.KEY.verifierKey());
    arguments.addAll(List.of(more));
    return run(arguments);
  }

  private List<String> arguments() {
    return List.of(
        "--modgate.kafka.bootstrap-servers=127.0.0.1:1",
        "--modgate.blob-store.path=" + folder.resolve("blob"),
        "--modgate.zone-store.path=" + folder.resolve("zone"));
  }

  private static ConfigurableApplicationContext run(List<String> arguments) {
    return PublisherApplication.builder().run(arguments.toArray(String[]::new));
  }
}
