package dev.modgate.publisher;

import static org.assertj.core.api.Assertions.assertThat;

import dev.modgate.gomod.note.SigningKey;
import dev.modgate.pipeline.event.Evidence;
import dev.modgate.pipeline.event.Fetch;
import dev.modgate.pipeline.event.Files;
import dev.modgate.pipeline.event.ModulePublished;
import dev.modgate.pipeline.event.ModuleRejected;
import dev.modgate.pipeline.event.ModuleVerified;
import dev.modgate.pipeline.event.Origin;
import dev.modgate.pipeline.event.RejectReason;
import dev.modgate.pipeline.event.SumDbEvidence;
import dev.modgate.pipeline.event.Want;
import dev.modgate.pipeline.store.BlobRef;
import dev.modgate.pipeline.store.MemoryObjectStore;
import dev.modgate.pipeline.verdict.VerdictNote;
import dev.modgate.start.SecurityEvents;
import dev.modgate.testsupport.SyntheticModule;
import dev.modgate.testsupport.TestVerifier;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Who can write to the topic, but has no verifier's key, publishes nothing.
class ForgedVerdictTest {
  private static final SigningKey OTHER = SigningKey.generate("test-verifier", new SecureRandom());

  private final Outer outer = Outer.empty();
  private final MemoryObjectStore zone = new MemoryObjectStore();
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final SecurityEvents<ModuleVerified> work =
      new SecurityEvents<>(
          new PublishWork(
              outer.blobs(), zone, Optional.empty(), Outer.PINNED, InstantSource.fixed(Outer.NOW)),
          "publish",
          meters);
  private final SyntheticModule good = SyntheticModule.of("example.com/m@v1.0.0");
  private final SyntheticModule bad = good.withFile("lib.go", "package lib // bad\n");

  @Test
  void anUnsignedRecordPublishesNothing() throws Exception {
    ModuleVerified signed = outer.verified(good, Want.ZIP);

    assertRefused(with(signed, signed.evidence().withVerdict(null)), "its verdict is not signed");
  }

  @Test
  void aRecordSignedByAnotherKeyOfTheSameNamePublishesNothing() throws Exception {
    ModuleVerified signed = outer.verified(good, Want.ZIP);
    Evidence evidence =
        VerdictNote.sign(good.module(), Want.ZIP, signed.evidence().withVerdict(null), OTHER);

    assertRefused(
        with(signed, evidence),
        "its verdict can't be believed: note is signed by \"" + OTHER.verifierKey().id());
  }

  @Test
  void theVerdictOfAnotherModulePublishesNothing() throws Exception {
    ModuleVerified signed = outer.verified(good, Want.ZIP);
    var other = SyntheticModule.of("example.com/other@v1.0.0");
    var forged = new ModuleVerified(signed.request(), other.module(), Want.ZIP, signed.evidence());

    assertRefused(
        forged,
        "it says \"module example.com/other@v1.0.0\" but signed is \"module"
            + " example.com/m@v1.0.0\"");
  }

  @Test
  void aVerdictWithAChangedTextPublishesNothing() throws Exception {
    ModuleVerified signed = outer.verified(good, Want.ZIP);
    String note = String.valueOf(signed.evidence().verdict());
    ModuleVerified evil = outer.verified(bad, Want.ZIP);
    String text = note.replace(good.zipHash().value(), bad.zipHash().value());

    assertRefused(with(evil, evil.evidence().withVerdict(text)), "that this key did not make");
  }

  @Test
  void aWantOfAZipIsNotProvenByTheVerdictOnItsGoMod() throws Exception {
    ModuleVerified mod = outer.verified(good, Want.MOD);
    ModuleVerified zip = outer.verified(bad, Want.ZIP);

    assertRefused(
        with(zip, zip.evidence().withVerdict(mod.evidence().verdict())), "it says \"want zip\"");
    assertRefused(
        new ModuleVerified(mod.request(), mod.module(), Want.ZIP, mod.evidence()), "don't agree");
  }

  @ParameterizedTest
  @EnumSource
  void aValidVerdictWithOneChangedFieldPublishesNothing(Field field) throws Exception {
    ModuleVerified signed = outer.verified(good, Want.ZIP);
    Evidence evil = outer.verified(bad, Want.ZIP).evidence();

    assertRefused(
        with(signed, field.change(evil).apply(signed.evidence())),
        "is not what the verifier signed");
  }

  @Test
  void twoPinnedKeysAreBelievedWhileOneTakesThePlaceOfTheOther() throws Exception {
    var both =
        new PublishWork(
            outer.blobs(),
            zone,
            Optional.empty(),
            List.of(OTHER.verifierKey(), TestVerifier.KEY.verifierKey()),
            InstantSource.fixed(Outer.NOW));

    assertThat(both.process(outer.verified(good, Want.ZIP)))
        .hasOnlyElementsOfType(ModulePublished.class);
  }

  @Test
  void noNoteInsideTellsOfARecordThatAnybodyMayHaveWritten() throws Exception {
    ModuleVerified signed = outer.verified(good, Want.ZIP);
    var rejected =
        (ModuleRejected) work.process(with(signed, signed.evidence().withVerdict(null))).getFirst();

    new RefusalWork(zone).process(rejected);

    assertThat(zone.list("")).isEmpty();
  }

  private void assertRefused(ModuleVerified forged, String why) throws Exception {
    double before = counted();

    var event = (ModuleRejected) work.process(forged).getFirst();

    assertThat(event.reason()).isEqualTo(RejectReason.BAD_SIGNATURE);
    assertThat(event.request()).isEqualTo(forged.request());
    assertThat(event.sentence())
        .startsWith(forged.module() + ": ")
        .contains(why)
        .endsWith("; nothing of it was published");
    assertThat(zone.list("")).as("the zone store is untouched").isEmpty();
    assertThat(counted()).isEqualTo(before + 1);
  }

  private double counted() {
    return meters.get("modgate.security.events").tag("kind", "bad-signature").counter().count();
  }

  private static ModuleVerified with(ModuleVerified event, Evidence evidence) {
    return new ModuleVerified(event.request(), event.module(), event.want(), evidence);
  }

  /// Each field of the evidence.
  enum Field {
    UPSTREAM,
    INFO,
    MOD,
    ZIP,
    ZIP_HASH,
    GO_MOD_HASH,
    ORIGINS,
    CHECKS,
    RULES,
    TIME,
    SUMDB;

    UnaryOperator<Evidence> change(Evidence evil) {
      Files bad = evil.files();
      var none = new BlobRef(evil.files().mod().sha256(), 1);
      return e -> {
        Files files = e.files();
        return new Evidence(
            this == UPSTREAM ? new Fetch("https://evil.example", Outer.NOW, Map.of()) : e.fetch(),
            switch (this) {
              case INFO -> new Files(none, files.mod(), files.zip());
              case MOD -> new Files(files.info(), none, files.zip());
              case ZIP -> new Files(files.info(), files.mod(), bad.zip());
              case UPSTREAM, ZIP_HASH, GO_MOD_HASH, ORIGINS, CHECKS, RULES, TIME, SUMDB -> files;
            },
            this == ZIP_HASH ? evil.zipHash() : e.zipHash(),
            this == GO_MOD_HASH ? java.util.Objects.requireNonNull(evil.zipHash()) : e.goModHash(),
            this == ORIGINS ? List.of(new Origin("s-evil", List.of())) : e.origins(),
            this == CHECKS ? List.of("said so", "and more") : e.checks(),
            this == RULES ? 1 : e.rulesRevision(),
            this == TIME ? e.verifiedAt().plusNanos(1) : e.verifiedAt(),
            this == SUMDB ? new SumDbEvidence("sum.golang.org", 1, 2, "root", "") : e.sumdb(),
            e.verdict());
      };
    }
  }
}
