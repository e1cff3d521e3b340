package dev.modgate.pipeline.verdict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.modgate.gomod.dirhash.H1;
import dev.modgate.gomod.module.ModuleVersion;
import dev.modgate.gomod.note.SignedNote;
import dev.modgate.gomod.note.SigningKey;
import dev.modgate.pipeline.event.EventJson;
import dev.modgate.pipeline.event.Evidence;
import dev.modgate.pipeline.event.Fetch;
import dev.modgate.pipeline.event.Files;
import dev.modgate.pipeline.event.ModuleVerified;
import dev.modgate.pipeline.event.Origin;
import dev.modgate.pipeline.event.RequestId;
import dev.modgate.pipeline.event.SumDbEvidence;
import dev.modgate.pipeline.event.Want;
import dev.modgate.pipeline.store.BlobRef;
import dev.modgate.pipeline.store.Sha256;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VerdictTest {
  private static final SigningKey KEY = SigningKey.generate("verifier", new SecureRandom());
  private static final ModuleVersion MODULE = ModuleVersion.parse("example.com/m@v1.2.3");
  private static final Instant AT = Instant.parse("2026-11-01T10:20:30.123456Z");
  private static final H1 HASH = new H1("h1:47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=");
  private static final SumDbEvidence SUMDB =
      new SumDbEvidence("sum.golang.org", 942, 51_929_436, "mQw+jf8Ko94=", "a\nb\n");

  @Test
  void isATextOfOneFactALine() {
    Evidence evidence = evidence(Want.ZIP, SUMDB);

    assertThat(Verdict.of(MODULE, Want.ZIP, evidence).text())
        .isEqualTo(
            """
            modgate verdict v1
            module example.com/m@v1.2.3
            want zip
            info sha256:ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb 1
            mod sha256:ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb 2
            zip sha256:ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb 3
            hash go.mod h1:47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=
            hash zip h1:47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=
            rules 0
            proof sumdb sum.golang.org record 942 tree 51929436 root mQw+jf8Ko94=
            evidence sha256:%s
            verified 2026-11-01T10:20:30.123456Z
            """
                .formatted(Sha256.of(EventJson.mapper().writeValueAsBytes(evidence))));
  }

  @ParameterizedTest
  @CsvSource({"MOD,true", "MOD,false", "ZIP,true", "ZIP,false"})
  void isReadAsItWasWritten(Want want, boolean bySumDb) {
    Verdict verdict = Verdict.of(MODULE, want, evidence(want, bySumDb ? SUMDB : null));

    assertThat(VerdictReader.read(verdict.text())).isEqualTo(verdict);
  }

  @Test
  void holdsAfterTheTripThroughTheTopic() throws Exception {
    Evidence signed = VerdictNote.sign(MODULE, Want.ZIP, evidence(Want.ZIP, SUMDB), KEY);
    var event = new ModuleVerified(new RequestId("r", 1), MODULE, Want.ZIP, signed);

    Evidence read = EventJson.read(ModuleVerified.class, EventJson.write(event)).evidence();

    VerdictNote note = VerdictNote.open(read, List.of(KEY.verifierKey()));
    assertThat(note.fault(MODULE, Want.ZIP, read)).isEmpty();
    assertThat(note.signer()).isEqualTo(KEY.verifierKey().id());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "modgate verdict v1 | modgate verdict v2",
        "want zip | want mod",
        "want zip | want everything",
        "rules 0 | rules 00",
        "rules 0 | rules x",
        "record 942 | record +942",
        "record 942 tree | index 942 tree",
        "info sha256:c | info sha256:C",
        "' 3\nhash' | ' -3\nhash'",
        "30.123456Z | 30.1234560Z",
        "verified 2026 | verified never 2026",
        "proof sumdb | proof faith",
      })
  void aTextOfAnotherFormIsNone(String right, String wrong) {
    String text = Verdict.of(MODULE, Want.ZIP, evidence(Want.ZIP, SUMDB)).text();
    assertThat(text).contains(right);

    assertThatIllegalArgumentException()
        .isThrownBy(() -> VerdictReader.read(text.replaceFirst(right.replace("+", "\\+"), wrong)));
    assertThatIllegalArgumentException().isThrownBy(() -> VerdictReader.read(text + "more\n"));
  }

  @Test
  void noTextOfTheEvidenceCanForgeALine() {
    var forged = new SumDbEvidence("x record 1 tree 2 root y\nrules", 942, 1, "r", "");

    assertThatIllegalArgumentException()
        .isThrownBy(() -> Verdict.of(MODULE, Want.ZIP, evidence(Want.ZIP, forged)));
  }

  @Test
  void aNoteThatIsNoVerdictIsNotBelieved() {
    String note = SignedNote.unsigned("hello\n").signedBy(KEY).toString();
    Evidence evidence = evidence(Want.ZIP, SUMDB).withVerdict(note);

    assertThatExceptionOfType(VerdictException.class)
        .isThrownBy(() -> VerdictNote.open(evidence, List.of(KEY.verifierKey())))
        .satisfies(e -> assertThat(e.sentence()).startsWith("what is signed is no verdict: "));
  }

  private static Evidence evidence(Want want, @Nullable SumDbEvidence sumdb) {
    boolean zip = want == Want.ZIP;
    Sha256 hash = Sha256.of(new byte[] {'a'});
    return new Evidence(
        new Fetch("https://a", AT, Map.of(Files.Kind.MOD, "https://b")),
        new Files(new BlobRef(hash, 1), new BlobRef(hash, 2), zip ? new BlobRef(hash, 3) : null),
        zip ? HASH : null,
        HASH,
        List.of(new Origin("s-1", List.of())),
        List.of("said so"),
        0,
        AT,
        sumdb);
  }
}
