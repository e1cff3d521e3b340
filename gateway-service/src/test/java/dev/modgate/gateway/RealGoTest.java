package dev.modgate.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.modgate.gateway.cache.CacheSettings;
import dev.modgate.gateway.cache.CachedZone;
import dev.modgate.gomod.module.ModuleVersion;
import dev.modgate.pipeline.event.RejectReason;
import dev.modgate.pipeline.store.Durability;
import dev.modgate.pipeline.store.FileObjectSource;
import dev.modgate.pipeline.store.FileObjectStore;
import dev.modgate.pipeline.store.ObjectSource;
import dev.modgate.pipeline.zone.ZoneLayout;
import dev.modgate.testsupport.SyntheticModule;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.util.unit.DataSize;

/// What a developer inside sees: the `go` command against the gateway alone.
class RealGoTest {
  private final SyntheticModule base = SyntheticModule.of("example.com/Base@v1.1.0");
  private final SyntheticModule app =
      SyntheticModule.of("example.com/app@v1.0.0").requiring("example.com/Base@v1.1.0");
  private @TempDir Path folder;
  private Zone zone;
  private GatewayServer gateway;
  private GoCommand go;

  @BeforeEach
  void start() throws Exception {
    assumeTrue(GoCommand.isPresent(), "there is no go command on this machine");
    zone =
        new Zone(new FileObjectStore(folder.resolve("zone"), Durability.RELAXED))
            .with(SyntheticModule.of("example.com/Base@v1.0.0"))
            .with(base)
            .with(app);
    serve(new FileObjectSource(folder.resolve("zone")));
  }

  private void serve(ObjectSource store) throws Exception {
    gateway = Gateways.start(store);
    go = GoCommand.in(folder, gateway.port());
  }

  @AfterEach
  void stop() {
    if (gateway != null) {
      gateway.close();
    }
  }

  @Test
  void listsVersionsInGosOrder() throws Exception {
    assertThat(go.run("list", "-m", "-versions", "example.com/Base"))
        .isEqualTo(new GoCommand.Result(0, "example.com/Base v1.0.0 v1.1.0\n"));
  }

  @Test
  void getsTheLatestVersionWithWhatItRequiresAndVerifiesIt() throws Exception {
    assertThat(go.run("get", "example.com/app@latest").exit()).isZero();

    assertThat(go.run("mod", "download", "all").exit()).isZero();
    assertThat(Files.readString(go.project().resolve("go.sum"), UTF_8))
        .contains(app.goSum().lines().toList())
        .contains(base.goSum().lines().toList());
    assertThat(go.run("mod", "verify").output()).contains("all modules verified");
    assertThat(go.run("build", "example.com/app").exit()).isZero();
  }

  @Test
  void getsThePseudoVersionThatLatestNamesWhereTheListIsEmpty() throws Exception {
    var pseudo = SyntheticModule.of("example.com/untagged@v0.0.0-20240501100000-abcdefabcdef");
    zone.with(pseudo);
    zone.set(ZoneLayout.list(pseudo.module().path()), new byte[0]);

    assertThat(go.run("get", "example.com/untagged@latest"))
        .extracting(GoCommand.Result::exit, GoCommand.Result::output)
        .satisfies(r -> assertThat(r.getLast().toString()).contains("abcdefabcdef"))
        .first()
        .isEqualTo(0);
  }

  /// An empty list would end the search of a GOPROXY list, and say less.
  @Test
  void aModuleOfWhichOnlyGoModsAreInsideHasNoListAndDisturbsNobody() throws Exception {
    zone.withGoModOf(SyntheticModule.of("example.com/graph@v1.0.0"))
        .with(SyntheticModule.of("example.com/user@v1.0.0").requiring("example.com/graph@v1.0.0"));
    assertThat(go.run("get", "example.com/user@latest").exit()).isZero();

    var versions = go.run("list", "-m", "-versions", "example.com/graph");
    var latest = go.run("get", "example.com/graph@latest");

    assertThat(go.run("list", "-m", "-u", "all").output())
        .contains("example.com/graph v1.0.0\n")
        .contains("example.com/user v1.0.0\n");
    assertThat(go.run("build", "example.com/user").exit()).isZero();
    assertThat(versions.exit()).isNotZero();
    assertThat(versions.output())
        .contains("404 Not Found")
        .contains("no version of example.com/graph is inside.");
    assertThat(latest.output())
        .contains("no version of example.com/graph is inside.")
        .contains("modgate sync example.com/graph@VERSION");
  }

  @Test
  void aModuleOfPseudoVersionsHasAnEmptyListOrLatestWouldNotBeAsked() throws Exception {
    var pseudo = SyntheticModule.of("example.com/untagged@v0.0.0-20240501100000-abcdefabcdef");
    zone.with(pseudo);
    zone.set(ZoneLayout.list(pseudo.module().path()), new byte[0]);
    assertThat(go.run("list", "-m", "-versions", "example.com/untagged"))
        .isEqualTo(new GoCommand.Result(0, "example.com/untagged\n"));

    zone.store().delete(ZoneLayout.list(pseudo.module().path()));

    var get = go.run("get", "example.com/untagged@latest");
    assertThat(get.exit()).isNotZero();
    assertThat(get.output()).contains("/@v/list: 404 Not Found");
  }

  @Test
  void printsTheSentenceForWhatIsNotInside() throws Exception {
    var missing = go.run("mod", "download", "example.com/app@v1.9.9");

    assertThat(missing.exit()).isNotZero();
    assertThat(missing.output())
        .contains("404 Not Found")
        .contains("example.com/app@v1.9.9 is not inside.")
        .contains("modgate sync example.com/app@v1.9.9 (or at http://console.example)");
  }

  @Test
  void printsTheSentenceForWhatWasRefused() throws Exception {
    zone.withRefusal(
        "example.com/bad@v1.0.0", RejectReason.CLAIM_MISMATCH, "hash is h1:A not h1:B");

    var refused = go.run("mod", "download", "example.com/bad@v1.0.0");

    assertThat(refused.exit()).isNotZero();
    assertThat(refused.output())
        .contains("403 Forbidden")
        .contains("example.com/bad@v1.0.0 was refused (claim-mismatch): hash is h1:A not h1:B");
  }

  @Test
  void printsTheSentenceForAModuleOfWhichOnlyTheGoModIsInside() throws Exception {
    zone.withGoModOf(SyntheticModule.of("example.com/graph@v1.0.0"));

    assertThat(go.run("mod", "download", "example.com/graph@v1.0.0").output())
        .contains("only the go.mod of example.com/graph@v1.0.0 is inside");
  }

  @Test
  void aListThatCantBeReadIsNeverTakenForNoVersions() throws Exception {
    gateway.close();
    serve(new FailingStore(zone.store(), "/@v/list"));

    var versions = go.run("list", "-m", "-versions", "example.com/Base");
    var latest = go.run("get", "example.com/Base@latest");

    assertThat(versions.exit()).isNotZero();
    assertThat(versions.output())
        .contains("503 Service Unavailable")
        .contains("this says nothing about the module");
    assertThat(latest.exit()).isNotZero();
    assertThat(latest.output()).contains("503 Service Unavailable");
  }

  @Test
  void aDamagedInfoStopsGo() throws Exception {
    zone.set(
        ZoneLayout.info(ModuleVersion.parse("example.com/app@v1.0.0")), "<html>".getBytes(UTF_8));

    var get = go.run("get", "example.com/app@v1.0.0");

    assertThat(get.exit()).isNotZero();
    assertThat(get.output()).contains("invalid response from proxy");
  }

  @Test
  void aMissingLatestDoesNotMatterWhereVersionsAreListed() throws Exception {
    zone.store().delete(ZoneLayout.latest(app.module().path()));

    assertThat(go.run("get", "example.com/app@latest").exit()).isZero();
  }

  @Test
  void aMissingLatestIsNamedWhereNothingIsListed() throws Exception {
    zone.set(ZoneLayout.list(app.module().path()), new byte[0]);
    zone.store().delete(ZoneLayout.latest(app.module().path()));

    var get = go.run("get", "example.com/app@latest");

    assertThat(get.exit()).isNotZero();
    assertThat(get.output()).contains("no matching versions");
  }

  @Test
  void whatWasBuiltOnceIsBuiltAgainWhileTheZoneIsNotMounted() throws Exception {
    gateway.close();
    var settings =
        new CacheSettings(
            folder.resolve("kept"),
            DataSize.ofMegabytes(100),
            Duration.ofDays(1),
            Duration.ofSeconds(30));
    var source = new FileObjectSource(folder.resolve("zone"));
    try (var cached =
        CachedZone.open(source, folder.resolve("kept"), settings, 16, new SimpleMeterRegistry())) {
      serve(cached);
      assertThat(go.run("get", "example.com/app@latest").exit()).isZero();
      assertThat(go.run("build", "example.com/app").exit()).isZero();

      Files.move(folder.resolve("zone"), folder.resolve("unmounted"));
      Files.createDirectory(folder.resolve("zone"));

      var elsewhere = new GoCommand(folder.resolve("other-home"), go.project(), go.gatewayPort());
      assertThat(elsewhere.run("build", "example.com/app"))
          .extracting(GoCommand.Result::exit)
          .isEqualTo(0);
      assertThat(elsewhere.run("mod", "verify").output()).contains("all modules verified");
      var other = elsewhere.run("mod", "download", "example.com/Base@v1.0.0");
      assertThat(other.output()).contains("503 Service Unavailable");
      gateway.close();
    }
  }
}
