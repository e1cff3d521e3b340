package dev.modgate.audit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import dev.modgate.audit.Step.Result;
import dev.modgate.gomod.note.SigningKey;
import dev.modgate.pipeline.event.Evidence;
import dev.modgate.pipeline.event.Want;
import dev.modgate.pipeline.store.BlobRef;
import dev.modgate.pipeline.store.Sha256;
import dev.modgate.pipeline.verdict.VerdictNote;
import dev.modgate.pipeline.zone.StoredEvidence;
import dev.modgate.pipeline.zone.ZoneLayout;
import dev.modgate.testsupport.SyntheticModule;
import dev.modgate.testsupport.TestVerifier;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ZoneAuditTest {
  @TempDir Path folder;
  private final SyntheticModule good = SyntheticModule.of("example.com/Mixed@v1.2.3");
  private final SyntheticModule bad = good.withFile("lib.go", "package lib // bad\n");
  private Published published = new Published(Path.of("."));

  ZoneAuditTest() throws IOException {}

  @BeforeEach
  void inTheFolder() throws IOException {
    published = new Published(folder);
  }

  @Test
  void everyStepHoldsOfWhatWasPublished() throws Exception {
    published.publish(good, Want.ZIP);

    AuditReport report = published.audit(good);

    assertThat(report.verified()).isTrue();
    assertThat(report.steps())
        .allMatch(step -> step.result() == Result.OK)
        .extracting(Step::subject)
        .containsExactly(
            "verdict",
            "tree head",
            "record",
            "go.sum",
            "go.sum",
            "pin",
            ".zip",
            ".zip",
            ".mod",
            ".mod",
            ".info",
            ".info",
            "lookup",
            "latest",
            "tiles");
    assertThat(report.steps())
        .extracting(Step::sentence)
        .contains(
            "0 is in that tree, by 6 hashes",
            "zip " + good.zipHash(),
            "has hash "
                + good.zipHash()
                + ", as signed by "
                + TestVerifier.KEY.verifierKey().id()
                + " and sum.example.com");
  }

  @Test
  void whatIsChangedOfTheDatabaseInsideIsNamed() throws Exception {
    published.publish(good, Want.ZIP);
    String database = "sumdb/sum.example.com/";
    byte[] tile = Files.readAllBytes(folder.resolve(database + "tile/8/0/000.p/51"));
    tile[33] ^= 1;
    String lookup =
        Files.readString(published.path(ZoneLayout.sumdbLookup("sum.example.com", good.module())));

    published.overwrite(ZoneLayout.sumdb("sum.example.com", "tile/8/0/000.p/51"), tile);
    published.overwrite(ZoneLayout.sumdb("sum.example.com", "latest"), "no head\n".getBytes(UTF_8));
    published.overwrite(
        ZoneLayout.sumdbLookup("sum.example.com", good.module()),
        lookup.replaceFirst("v1.2.3 h1:", "v1.2.4 h1:").getBytes(UTF_8));

    assertThat(published.audit(good).steps())
        .filteredOn(step -> step.result() == Result.WRONG)
        .extracting(Step::sentence)
        .anyMatch(s -> s.contains("lookup/example.com/!mixed@v1.2.3\" has record 0, which is not"))
        .anyMatch(s -> s.contains("latest\" is no head: "))
        .anyMatch(s -> s.contains("tile/8/0/000.p/51"));
  }

  @Test
  void whatIsMissingOfTheDatabaseInsideIsNamed() throws Exception {
    published.publish(good, Want.ZIP);
    Files.delete(folder.resolve("sumdb/sum.example.com/tile/8/0/000.p/51"));
    Files.delete(published.path(ZoneLayout.sumdbLookup("sum.example.com", good.module())));

    assertThat(published.audit(good).steps())
        .filteredOn(step -> step.result() == Result.WRONG)
        .extracting(Step::sentence)
        .anyMatch(s -> s.endsWith("lookup/example.com/!mixed@v1.2.3\" is missing"))
        .anyMatch(s -> s.endsWith("tile/8/0/000.p/51\" is missing"));
  }

  @Test
  void aGoModAloneIsVerifiedWithoutAZip() throws Exception {
    published.publish(good, Want.MOD);

    assertThat(published.audit(good).verified()).isTrue();
  }

  @Test
  void bothWantsAreVerifiedTogether() throws Exception {
    published.publish(good, Want.MOD).publish(good, Want.ZIP);

    AuditReport report = published.audit(good);

    assertThat(report.verified()).isTrue();
    assertThat(report.steps()).filteredOn(step -> step.subject().equals("verdict")).hasSize(2);
  }

  @Test
  void whatClaimsAloneProvedIsNoted() throws Exception {
    published.publishByClaims(good);

    AuditReport report = published.audit(good);

    assertThat(report.verified()).isTrue();
    assertThat(report.steps())
        .filteredOn(step -> step.result() == Result.NOTE)
        .extracting(Step::sentence)
        .containsExactly("no checksum database has proven it, only 0 go.sum lines");
  }

  @Test
  void aChangedZipIsNamedWithBothHashes() throws Exception {
    published.publish(good, Want.ZIP);
    published.overwrite(ZoneLayout.zip(good.module()), bad.zip());

    assertWrong(
        published.path(ZoneLayout.zip(good.module())),
        "has sha256 " + Sha256.of(bad.zip()),
        "but signed is " + Sha256.of(good.zip()),
        "has hash " + bad.zipHash() + " but sum.example.com signed " + good.zipHash());
  }

  @Test
  void aChangedGoModIsNamedWithBothHashes() throws Exception {
    var other = good.requiring("example.com/x@v1.0.0");
    published.publish(good, Want.ZIP);
    published.overwrite(ZoneLayout.mod(good.module()), other.mod());

    assertWrong(
        published.path(ZoneLayout.mod(good.module())),
        "has hash " + other.goModHash() + " but sum.example.com signed " + good.goModHash());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"Version\":\"v9.9.9\"}   | names version v9.9.9 but is of v1.2.3",
        "{\"Version\":\"v1.2.3\" }  | but signed is",
        "<html>                     | names no version",
      })
  void aChangedInfoIsNamed(String json, String fault) throws Exception {
    published.publish(good, Want.ZIP);
    published.overwrite(ZoneLayout.info(good.module()), json.getBytes(UTF_8));

    assertWrong(published.path(ZoneLayout.info(good.module())), fault);
  }

  @Test
  void aMissingFileIsNamed() throws Exception {
    published.publish(good, Want.ZIP);
    Files.delete(published.path(ZoneLayout.zip(good.module())));

    assertWrong(published.path(ZoneLayout.zip(good.module())), "is missing");
  }

  @Test
  void aChangedPinIsNamed() throws Exception {
    published.publish(good, Want.ZIP);
    String pin = Files.readString(published.path(ZoneLayout.pin(good.module())));
    published.overwrite(
        ZoneLayout.pin(good.module()),
        pin.replace(good.zipHash().value(), bad.zipHash().value()).getBytes(UTF_8));

    assertWrong(published.path(ZoneLayout.pin(good.module())), "pins zip hash " + bad.zipHash());
  }

  @Test
  void evidenceThatWasRewrittenIsNotWhatWasSigned() throws Exception {
    published.publish(good, Want.ZIP);
    var key = ZoneLayout.evidence(good.module(), Want.ZIP);
    String json = Files.readString(published.path(key));
    published.overwrite(key, json.replace("said so", "trust me").getBytes(UTF_8));

    assertWrong(published.path(key), "the evidence is not what was signed: it says");
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          origins   | "origins":[]                          | "origins":[{"sync":"s-forged","claims":[]}]
          upstream  | "https://proxy.example"               | "https://forged.example"
          checks    | "said so"                             | "never made"
          """,
      delimiter = '|')
  void aFileReferenceThatWasChangedTooLiftsTheSignatureOffNothing(
      String what, String was, String forged) throws Exception {
    published.publish(good, Want.ZIP);
    var key = ZoneLayout.evidence(good.module(), Want.ZIP);
    String json = Files.readString(published.path(key));
    assertThat(json).as(what).contains(was);
    String info = "\"" + Sha256.of(good.info()).hex();
    String other = "\"" + Sha256.of(bad.zip()).hex();

    for (String files : List.of(json, json.replace(info, other), stored(json, info, other))) {
      published.overwrite(key, files.replace(was, forged).getBytes(UTF_8));

      assertThat(published.audit(good).steps())
          .filteredOn(step -> step.result() == Result.WRONG)
          .extracting(Step::sentence)
          .anyMatch(s -> s.contains("the evidence is not what was signed"));
    }
  }

  @Test
  void anInfoThatNoVerdictNamesIsWrongWhateverTheEvidenceSaysLiesThere() throws Exception {
    published.publish(good, Want.MOD).publish(good, Want.ZIP);
    byte[] forged = "{\"Version\":\"v1.2.3\",\"Time\":\"2001-01-01T00:00:00Z\"}".getBytes(UTF_8);
    published.overwrite(ZoneLayout.info(good.module()), forged);
    for (Want want : Want.values()) {
      var key = ZoneLayout.evidence(good.module(), want);
      var kept = StoredEvidence.read(Files.readAllBytes(published.path(key)));
      var stored =
          new dev.modgate.pipeline.event.Files(
              new BlobRef(Sha256.of(forged), forged.length),
              kept.stored().mod(),
              kept.stored().zip());
      published.overwrite(key, new StoredEvidence(kept.evidence(), stored).toJson());
    }

    assertWrong(
        published.path(ZoneLayout.info(good.module())),
        "has sha256 " + Sha256.of(forged),
        "but signed is " + Sha256.of(good.info()));
  }

  @Test
  void evidenceThatNamesOtherBytesThanLieThereIsNoted() throws Exception {
    published.publish(good, Want.ZIP);
    var key = ZoneLayout.evidence(good.module(), Want.ZIP);
    String json = Files.readString(published.path(key));
    published.overwrite(
        key,
        stored(json, Sha256.of(good.info()).hex(), Sha256.of(bad.zip()).hex()).getBytes(UTF_8));

    assertThat(published.audit(good).steps())
        .filteredOn(step -> step.result() == Result.NOTE)
        .singleElement()
        .satisfies(step -> {
          assertThat(step.subject()).isEqualTo(".info");
          assertThat(step.sentence())
              .contains("other bytes lie there: sha256 " + Sha256.of(bad.zip()));
        });
  }

  private static String stored(String json, String was, String now) {
    int at = json.indexOf("\"stored\":");
    return json.substring(0, at) + json.substring(at).replace(was, now);
  }

  @Test
  void allFilesReplacedTogetherWithAVerdictOfAnotherKeyAreFound() throws Exception {
    published.publish(good, Want.ZIP);
    var forger = SigningKey.generate("test-verifier", new SecureRandom());
    Evidence forged =
        VerdictNote.sign(good.module(), Want.ZIP, published.proven(good, Want.ZIP), forger);
    var key = ZoneLayout.evidence(good.module(), Want.ZIP);
    published.overwrite(key, new StoredEvidence(forged, forged.files()).toJson());

    assertWrong(published.path(key), "note is signed by \"" + forger.verifierKey().id());
  }

  @Test
  void aForgedRecordInTheProofIsFoundThoughTheVerifierSignedIt() throws Exception {
    var lying = new Published(folder.resolve("lying"));
    lying.publish(bad, Want.ZIP);
    Evidence evidence = lying.proven(bad, Want.ZIP);
    var sumdb = java.util.Objects.requireNonNull(evidence.sumdb());
    String proof = sumdb.proof().replace(bad.zipHash().value(), good.zipHash().value());
    var changed =
        new dev.modgate.pipeline.event.SumDbEvidence(
            sumdb.database(), sumdb.record(), sumdb.treeSize(), sumdb.rootHash(), proof);
    Evidence forged =
        new Evidence(
            evidence.fetch(),
            evidence.files(),
            evidence.zipHash(),
            evidence.goModHash(),
            evidence.origins(),
            evidence.checks(),
            0,
            evidence.verifiedAt(),
            changed);
    var key = ZoneLayout.evidence(bad.module(), Want.ZIP);
    Evidence signed = VerdictNote.sign(bad.module(), Want.ZIP, forged, TestVerifier.KEY);
    lying.overwrite(key, new StoredEvidence(signed, signed.files()).toJson());

    AuditReport report = lying.audit(bad);

    assertThat(report.verified()).isFalse();
    assertThat(report.steps())
        .filteredOn(step -> step.result() == Result.WRONG)
        .singleElement()
        .satisfies(step -> {
          assertThat(step.subject()).isEqualTo("database");
          assertThat(step.sentence()).contains("is not what was answered for");
        });
  }

  @Test
  void anotherPackingThatCameFirstIsANoteAndNothingWrong() throws Exception {
    published.publish(good, Want.ZIP);
    Files.delete(published.path(ZoneLayout.evidence(good.module(), Want.ZIP)));
    published.publish(good.repacked(), Want.ZIP);

    AuditReport report = published.audit(good);

    assertThat(report.verified()).isTrue();
    assertThat(report.steps())
        .filteredOn(step -> step.result() == Result.NOTE)
        .extracting(Step::subject)
        .containsExactly(".zip");
  }

  @Test
  void aZipWithoutEvidenceIsFound() throws Exception {
    published.publish(good, Want.MOD);
    Files.write(published.path(ZoneLayout.zip(good.module())), good.zip());

    assertWrong(published.path(ZoneLayout.zip(good.module())), "lies there without evidence");
  }

  @Test
  void whatIsNotInsideIsNotVerified() throws Exception {
    published.publish(SyntheticModule.of("example.com/other@v1.0.0"), Want.ZIP);

    assertWrong(
        published.path(ZoneLayout.evidence(good.module(), Want.ZIP)), "nothing is inside of it");
  }

  @Test
  void withoutTheDatabasesKeyNothingIsProven() throws Exception {
    published.publish(good, Want.ZIP);
    var keys = AuditKeys.of(List.of(TestVerifier.KEY.verifierKey().toString()), List.of());

    AuditReport report = new ZoneAudit(folder, keys).check(good.module());

    assertThat(report.verified()).isFalse();
    assertThat(report.steps())
        .extracting(Step::sentence)
        .anyMatch(s -> s.contains("no key of the database \"sum.example.com\" is known"));
  }

  @Test
  void aFolderThatIsNotThereIsNoEmptyStore() throws Exception {
    var keys = AuditKeys.of(List.of(TestVerifier.KEY.verifierKey().toString()), List.of());
    var audit = new ZoneAudit(folder.resolve("gone"), keys);

    assertThatIOException().isThrownBy(() -> audit.check(good.module()));
  }

  private void assertWrong(Path file, String... texts) throws IOException {
    AuditReport report = published.audit(good);

    assertThat(report.verified()).isFalse();
    var wrong = report.steps().stream().filter(s -> s.result() == Result.WRONG).toList();
    assertThat(wrong).extracting(Step::file).containsOnly(file.toString());
    assertThat(String.join("\n", wrong.stream().map(Step::sentence).toList()))
        .contains("\"" + file + "\"")
        .contains(texts);
  }
}
