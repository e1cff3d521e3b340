package dev.modgate.publisher;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.modgate.gomod.dirhash.GoModHash;
import dev.modgate.pipeline.event.DeferReason;
import dev.modgate.pipeline.event.ModulePublished;
import dev.modgate.pipeline.event.Want;
import dev.modgate.pipeline.stage.NotNowException;
import dev.modgate.pipeline.store.MemoryObjectStore;
import dev.modgate.pipeline.store.ObjectKey;
import dev.modgate.pipeline.zone.ZoneLayout;
import dev.modgate.testsupport.SyntheticModule;
import java.io.IOException;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What somebody put in the place of a file inside is neither served as published nor written into
/// the evidence.
class ReplacedFilesTest {
  private final Outer outer = Outer.empty();
  private final MemoryObjectStore zone = new MemoryObjectStore();
  private final PublishWork work =
      new PublishWork(
          outer.blobs(), zone, Optional.empty(), Outer.PINNED, InstantSource.fixed(Outer.NOW));
  private final SyntheticModule module = SyntheticModule.of("example.com/m@v1.0.0");
  private final SyntheticModule other = module.withFile("lib.go", "package other // another one\n");
  private final ObjectKey zip = ZoneLayout.zip(module.module());
  private final ObjectKey mod = ZoneLayout.mod(module.module());
  private final ObjectKey info = ZoneLayout.info(module.module());

  @Test
  void refusesAZipWithAnotherHashAndKeepsTheEvidence() throws Exception {
    publish(module);
    byte[] evidence = evidence();
    set(zip, other.zip());

    assertUnusable(
        module, "\"" + zip + "\" has hash " + other.zipHash(), module.zipHash() + " is pinned");

    assertThat(evidence()).isEqualTo(evidence);
    assertThat(read(zip)).isEqualTo(other.zip());
  }

  @Test
  void refusesAZipThatWasCutOff() throws Exception {
    publish(module);
    byte[] evidence = evidence();
    set(zip, Arrays.copyOf(module.zip(), module.zip().length / 2));

    assertUnusable(module.repacked(), "\"" + zip + "\" has no hash", module.zipHash().value());

    assertThat(evidence()).isEqualTo(evidence);
  }

  @Test
  void refusesAGoModWithAnotherHash() throws Exception {
    publish(module);
    byte[] evidence = evidence();
    byte[] goMod = "module example.com/evil\n".getBytes(UTF_8);
    set(mod, goMod);

    assertUnusable(
        module,
        "\"" + mod + "\" has hash " + GoModHash.of(goMod),
        module.goModHash() + " is pinned");

    assertThat(evidence()).isEqualTo(evidence);
  }

  @Test
  void refusesAnInfoThatTheEvidenceDoesNotName() throws Exception {
    publish(module);
    byte[] evidence = evidence();
    set(info, "{\"Version\":\"v1.0.0\"}".getBytes(UTF_8));

    assertUnusable(module, "\"" + info + "\" has sha256 ", " in the evidence");

    assertThat(evidence()).isEqualTo(evidence);
  }

  @ParameterizedTest
  @EnumSource(Want.class)
  void theEvidenceOfEitherWantSaysWhatTheInfoIs(Want first) throws Exception {
    assertThat(work.process(outer.verified(module, first)).getFirst())
        .isInstanceOf(ModulePublished.class);
    set(info, "{\"Version\":\"v1.0.0\"}".getBytes(UTF_8));

    assertUnusable(module, "\"" + info + "\" has sha256 ", " in the evidence");
  }

  @ParameterizedTest
  @ValueSource(strings = {"<html>", "{\"Version\":\"v1.0.1\"}"})
  void withoutEvidenceAnInfoMustNameTheVersion(String wrong) throws Exception {
    set(info, wrong.getBytes(UTF_8));

    assertUnusable(module, "\"" + info + "\"", "v1.0.");
  }

  @Test
  void withoutEvidenceAZipMustHaveThePinnedHash() throws Exception {
    publish(module);
    assertThat(zone.delete(ZoneLayout.evidence(module.module(), Want.ZIP))).isTrue();
    set(zip, other.zip());

    assertUnusable(module, other.zipHash().value(), module.zipHash().value());
    assertThat(zone.stat(ZoneLayout.evidence(module.module(), Want.ZIP))).isEmpty();
  }

  @Test
  void takesAnotherPackingOfThePinnedZip() throws Exception {
    publish(module);
    assertThat(zone.delete(ZoneLayout.evidence(module.module(), Want.ZIP))).isTrue();
    set(zip, module.repacked().zip());

    publish(module);

    assertThat(read(zip)).isEqualTo(module.repacked().zip());
  }

  private void publish(SyntheticModule one) throws Exception {
    assertThat(work.process(outer.verified(one, Want.ZIP)).getFirst())
        .isInstanceOf(ModulePublished.class);
  }

  private void assertUnusable(SyntheticModule delivered, String... parts) {
    assertThatThrownBy(() -> work.process(outer.verified(delivered, Want.ZIP)))
        .isInstanceOfSatisfying(
            NotNowException.class,
            e -> {
              assertThat(e.reason()).isEqualTo(DeferReason.STORE_FAILED);
              assertThat(e.triesInPlaceHelp()).isFalse();
              assertThat(e.sentence()).startsWith("example.com/m@v1.0.0: ").contains(parts);
            });
  }

  private byte[] evidence() throws IOException {
    return read(ZoneLayout.evidence(module.module(), Want.ZIP));
  }

  private byte[] read(ObjectKey key) throws IOException {
    try (var reader = zone.open(key).orElseThrow()) {
      return reader.readAll(1_000_000);
    }
  }

  private void set(ObjectKey key, byte[] bytes) {
    assertThat(zone.compareAndSwap(key, zone.stat(key).map(s -> s.revision()), bytes)).isTrue();
  }
}
