package dev.modgate.publisher;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.modgate.gomod.module.ModulePath;
import dev.modgate.gomod.proxy.VersionListFile;
import dev.modgate.pipeline.event.DeferReason;
import dev.modgate.pipeline.event.ModulePublished;
import dev.modgate.pipeline.event.Want;
import dev.modgate.pipeline.stage.NotNowException;
import dev.modgate.pipeline.store.Durability;
import dev.modgate.pipeline.store.FileObjectStore;
import dev.modgate.pipeline.store.MemoryObjectStore;
import dev.modgate.pipeline.store.ObjectKey;
import dev.modgate.pipeline.store.ObjectStore;
import dev.modgate.pipeline.store.Revision;
import dev.modgate.pipeline.zone.ZoneLayout;
import dev.modgate.testsupport.SyntheticModule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// One damaged object concerns the modules that need it, and no other.
class DamagedZoneTest {
  private static final ModulePath PATH = new ModulePath("example.com/m");

  private final Outer outer = Outer.empty();
  private final SyntheticModule v1 = SyntheticModule.of("example.com/m@v1.0.0");
  private final SyntheticModule v2 = SyntheticModule.of("example.com/m@v2.0.0+incompatible");
  private final SyntheticModule v3 = SyntheticModule.of("example.com/m@v3.0.0+incompatible");
  private @TempDir Path folder;
  private Path root;
  private ObjectStore zone;
  private PublishWork work;

  @BeforeEach
  void open() throws IOException {
    root = folder.resolve("zone");
    zone = new FileObjectStore(root, Durability.RELAXED);
    work =
        new PublishWork(
            outer.blobs(), zone, Optional.empty(), Outer.PINNED, InstantSource.fixed(Outer.NOW));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "<html>", "{\"Version\":\"v9.9.9\"}"})
  void aListedVersionWithoutAnInfoIsLeftOutOfLatest(String damaged) throws Exception {
    publish(v1);
    publish(v3);
    zone.delete(ZoneLayout.info(v3.module()));
    if (!damaged.isEmpty()) {
      set(ZoneLayout.info(v3.module()), damaged);
    }

    publish(v2);

    assertThat(text(ZoneLayout.list(PATH)))
        .isEqualTo("v1.0.0\nv2.0.0+incompatible\nv3.0.0+incompatible\n");
    assertThat(text(ZoneLayout.latest(PATH))).isEqualTo(new String(v2.info(), UTF_8));
  }

  @Test
  void whereAllButItselfIsDamagedLatestIsLeftAsItIs() throws Exception {
    var list = new StringBuilder();
    for (int i = 0; i < 200; i++) {
      list.append("v1.5.").append(i).append('\n');
    }
    set(ZoneLayout.list(PATH), list.toString());
    set(ZoneLayout.latest(PATH), "{\"Version\":\"v1.5.0\"}");

    publish(v1);

    assertThat(text(ZoneLayout.list(PATH))).startsWith("v1.0.0\nv1.5.0\n");
    assertThat(text(ZoneLayout.latest(PATH))).isEqualTo("{\"Version\":\"v1.5.0\"}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "example.com/m",
        "example.com/m/@v",
        "example.com/m/@v/v1.0.0.zip",
        "example.com/m/@v/list",
        "example.com/m/@latest",
        "_modgate/evidence/example.com/m",
        "_modgate/evidence/example.com/m/@v/v1.0.0.zip.json",
      })
  void aLinkDefersTheModuleNamesItAndLeadsNowhere(String at) throws Exception {
    Path outside = Files.createDirectories(folder.resolve("outside"));
    Path link = root.resolve(at);
    Files.createDirectories(link.resolve("..").normalize());
    Files.createSymbolicLink(link, outside);

    assertThatThrownBy(() -> work.process(outer.verified(v1, Want.ZIP)))
        .isInstanceOfSatisfying(
            NotNowException.class,
            e -> {
              assertThat(e.reason()).isEqualTo(DeferReason.STORE_FAILED);
              assertThat(e.triesInPlaceHelp()).isFalse();
              assertThat(e.sentence())
                  .startsWith("example.com/m@v1.0.0: ")
                  .contains(at)
                  .contains("is a link");
            });

    assertThat(outside).isEmptyDirectory();
    publish(SyntheticModule.of("example.com/other@v1.0.0"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"evidence/example.com/m/@v/v1.0.0.pin", "evidence/example.com/m/@v/v1.0.0.zip"})
  void whatCantBeReadDefersTheModuleAndIsNamed(String what) throws Exception {
    set(new ObjectKey("_modgate/" + what + ".json"), "{");

    assertThatThrownBy(() -> work.process(outer.verified(v1, Want.ZIP)))
        .isInstanceOf(NotNowException.class)
        .hasMessageContaining("\"_modgate/" + what + ".json\"")
        .hasMessageContaining("is unreadable");
  }

  @Test
  void aFolderInPlaceOfAFileDefersTheModule() throws Exception {
    Files.createDirectories(root.resolve("example.com/m/@v/v1.0.0.zip"));

    assertThatThrownBy(() -> work.process(outer.verified(v1, Want.ZIP)))
        .isInstanceOf(NotNowException.class)
        .hasMessageContaining("\"example.com/m/@v/v1.0.0.zip\" is the folder of other objects");
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aModuleOfVeryManyVersionsIsPublished(boolean inMemory) throws Exception {
    zone = inMemory ? new MemoryObjectStore() : zone;
    work =
        new PublishWork(
            outer.blobs(), zone, Optional.empty(), Outer.PINNED, InstantSource.fixed(Outer.NOW));
    var list = new StringBuilder();
    for (int i = 0; i < 20_000; i++) {
      list.append("v1.0.").append(i).append("-rc.1.of.many\n");
    }
    set(ZoneLayout.list(PATH), list.toString());
    assertThat(list.length()).isGreaterThan(400_000);

    publish(v1);
    publish(v2);

    assertThat(text(ZoneLayout.list(PATH)).lines())
        .hasSize(20_002)
        .contains("v1.0.0", "v2.0.0+incompatible");
    assertThat(text(ZoneLayout.latest(PATH))).isEqualTo(new String(v2.info(), UTF_8));
  }

  @Test
  void aListThatCanGrowNoMoreDefersTheModule() throws Exception {
    var list = new StringBuilder();
    for (int i = 0; list.length() < VersionListFile.MAX_BYTES - 120; i++) {
      list.append("v1.0.").append(i).append("-of.so.many.that.there.is.no.room.left\n");
    }
    list.append("v1.0.0-").append("x".repeat(VersionListFile.MAX_BYTES - list.length() - 1));
    set(ZoneLayout.list(PATH), list.append('\n').toString());

    assertThatThrownBy(() -> work.process(outer.verified(v1, Want.ZIP)))
        .isInstanceOf(NotNowException.class)
        .hasMessageContaining(
            "\"example.com/m/@v/list\" would have "
                + (VersionListFile.MAX_BYTES + 7)
                + " bytes, at most "
                + VersionListFile.MAX_BYTES);
  }

  @Test
  void whatIsListedCanBeSwapped() {
    assertThat(VersionListFile.MAX_BYTES).isLessThanOrEqualTo(ObjectStore.MAX_SWAPPED);
  }

  private void publish(SyntheticModule module) throws Exception {
    assertThat(work.process(outer.verified(module, Want.ZIP)))
        .singleElement()
        .isInstanceOf(ModulePublished.class);
  }

  private String text(ObjectKey key) throws IOException {
    try (var reader = zone.open(key).orElseThrow()) {
      return new String(reader.readAll(10_000_000), UTF_8);
    }
  }

  private void set(ObjectKey key, String text) throws IOException {
    Optional<Revision> now = zone.stat(key).map(s -> s.revision());
    assertThat(zone.compareAndSwap(key, now, text.getBytes(UTF_8))).isTrue();
  }
}
