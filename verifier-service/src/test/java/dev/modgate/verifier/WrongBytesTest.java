package dev.modgate.verifier;

import static org.assertj.core.api.Assertions.assertThat;

import dev.modgate.gomod.dirhash.H1;
import dev.modgate.pipeline.event.Claim;
import dev.modgate.pipeline.event.DeferReason;
import dev.modgate.pipeline.event.Fetch;
import dev.modgate.pipeline.event.Files;
import dev.modgate.pipeline.event.ModuleDeferred;
import dev.modgate.pipeline.event.ModuleEvent;
import dev.modgate.pipeline.event.ModuleFetched;
import dev.modgate.pipeline.event.ModuleRejected;
import dev.modgate.pipeline.event.ModuleVerified;
import dev.modgate.pipeline.event.Origin;
import dev.modgate.pipeline.event.Refusal;
import dev.modgate.pipeline.event.RejectReason;
import dev.modgate.pipeline.event.RequestId;
import dev.modgate.pipeline.event.Want;
import dev.modgate.pipeline.store.BlobRef;
import dev.modgate.pipeline.store.BlobStore;
import dev.modgate.pipeline.store.MemoryObjectStore;
import dev.modgate.testsupport.SyntheticModule;
import dev.modgate.testsupport.TestVerifier;
import dev.modgate.verifier.sumdb.ChecksumDatabase;
import dev.modgate.verifier.sumdb.NoDatabase;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class WrongBytesTest {
  private static final ChecksumDatabase OFF = new NoDatabase(InstantSource.fixed(Instant.EPOCH));
  private static final Instant NOW = Instant.parse("2026-11-01T00:00:00Z");
  private static final H1 OTHER = H1.of(new byte[32]);
  private static final String A = "https://a.example";
  private static final String B = "https://b.example";
  private static final String C = "https://c.example";

  private final BlobStore blobs = new BlobStore(new MemoryObjectStore());
  private final VerifyWork work =
      new VerifyWork(blobs, "blob store \"test\"", OFF, TestVerifier.KEY, InstantSource.fixed(NOW));
  private final SyntheticModule good = SyntheticModule.of("example.com/m@v1.2.3");
  private final SyntheticModule wrong = good.withFile("lib.go", "package lib // wrong\n");
  private final Claim zipClaim = new Claim(Claim.Subject.ZIP, good.zipHash(), "go.sum", 7);
  private final Refusal zipOfA =
      new Refusal(A, Set.of(Files.Kind.ZIP), RejectReason.CLAIM_MISMATCH, "zip hash is h1:a");

  @Test
  void othersAreTriedBeforeWrongBytesAreRejected() throws Exception {
    var event = fetched(wrong, new Fetch(A, NOW), List.of(), List.of(), List.of(B, C));

    var deferred = (ModuleDeferred) answer(event);

    assertThat(deferred.reason()).isEqualTo(DeferReason.WRONG_BYTES);
    assertThat(deferred.sentence())
        .isEqualTo(
            "example.com/m@v1.2.3: zip hash is "
                + wrong.zipHash()
                + " but go.sum:7 of sync s1 claims "
                + good.zipHash()
                + ", from https://a.example; to be tried: https://b.example, https://c.example");
    assertThat(deferred.refusals())
        .containsExactly(
            new Refusal(
                A,
                Set.of(Files.Kind.ZIP),
                RejectReason.CLAIM_MISMATCH,
                "zip hash is "
                    + wrong.zipHash()
                    + " but go.sum:7 of sync s1 claims "
                    + good.zipHash()));
  }

  @Test
  void theLastOneIsRejectedAndTheSentenceSaysWhoGaveWhat() throws Exception {
    var misses = List.of(".zip: https://c.example answered 404");
    var event = fetched(wrong, new Fetch(B, NOW), List.of(zipOfA), misses, List.of());

    var rejected = (ModuleRejected) answer(event);

    assertThat(rejected.reason()).isEqualTo(RejectReason.CLAIM_MISMATCH);
    assertThat(rejected.sentence())
        .contains(wrong.zipHash().value(), good.zipHash().value())
        .endsWith(
            ", from https://b.example; also tried: https://a.example: zip hash is h1:a;"
                + " .zip: https://c.example answered 404");
  }

  @Test
  void theSameWrongBytesAgainAreFinalWhoeverIsUntried() throws Exception {
    var event = fetched(wrong, new Fetch(A, NOW), List.of(zipOfA), List.of(), List.of(B));

    var rejected = (ModuleRejected) answer(event);

    assertThat(rejected.sentence()).endsWith(", from https://a.example");
  }

  @Test
  void goodBytesOfAnotherAreAcceptedAndTheEvidenceKeepsTheRefusal() throws Exception {
    var event = fetched(good, new Fetch(B, NOW), List.of(zipOfA), List.of(), List.of());

    var verified = (ModuleVerified) answer(event);

    assertThat(verified.evidence().checks())
        .contains("other bytes were refused: https://a.example: zip hash is h1:a");
  }

  @Test
  void onlyTheFilesThatMayBeWrongAreRefused() throws Exception {
    var otherMod =
        good.withModBytes("module example.com/m\n\ngo 1.21\n".getBytes(StandardCharsets.UTF_8));
    var split = new Fetch(B, NOW, Map.of(Files.Kind.MOD, A, Files.Kind.INFO, C));

    var deferred =
        (ModuleDeferred) answer(fetched(otherMod, split, List.of(), List.of(), List.of(B)));

    // the claim proves the zip of b, and the .info of c has nothing to do with it
    assertThat(deferred.refusals()).hasSize(1);
    assertThat(deferred.refusals().getFirst().upstream()).isEqualTo(A);
    assertThat(deferred.refusals().getFirst().files()).containsExactly(Files.Kind.MOD);
  }

  @Test
  void whatNoOtherBytesCanMendIsFinalAtOnce() throws Exception {
    var second = new Origin("s2", List.of(new Claim(Claim.Subject.ZIP, OTHER, "go.sum", 9)));
    var disagree =
        fetched(
            wrong, new Fetch(A, NOW), List.of(), List.of(), List.of(B), List.of(origin(), second));
    var unverifiable =
        fetched(
            wrong,
            new Fetch(A, NOW),
            List.of(),
            List.of(),
            List.of(B),
            List.of(new Origin("s1", List.of())));

    assertThat(((ModuleRejected) answer(disagree)).reason())
        .isEqualTo(RejectReason.CLAIMS_DISAGREE);
    assertThat(((ModuleRejected) answer(unverifiable)).reason())
        .isEqualTo(RejectReason.UNVERIFIABLE);
  }

  @Test
  void endlesslyManyUpstreamsAreNotTriedEndlessly() throws Exception {
    List<Refusal> refusals = List.of();
    int rounds = 0;
    ModuleEvent answer;
    do {
      var upstream = "https://" + rounds++ + ".example";
      answer =
          answer(fetched(wrong, new Fetch(upstream, NOW), refusals, List.of(), List.of("next")));
      refusals = answer instanceof ModuleDeferred deferred ? deferred.refusals() : List.of();
    } while (answer instanceof ModuleDeferred && rounds < 1_000);

    assertThat(answer).isInstanceOf(ModuleRejected.class);
    assertThat(rounds).isEqualTo(Refusal.MOST + 1);
  }

  @Test
  void aChainOfThreeIsTriedOnceEach() throws Exception {
    var chain = List.of(A, B, C);
    List<Refusal> refusals = new ArrayList<>();
    var asked = new ArrayList<String>();
    ModuleEvent answer;
    do {
      var refused = refusals.stream().map(Refusal::upstream).toList();
      var others = chain.stream().filter(u -> !refused.contains(u)).toList();
      asked.add(others.getFirst());
      answer =
          answer(
              fetched(
                  wrong,
                  new Fetch(others.getFirst(), NOW),
                  refusals,
                  List.of(),
                  others.subList(1, others.size())));
      refusals = answer instanceof ModuleDeferred deferred ? deferred.refusals() : List.of();
    } while (answer instanceof ModuleDeferred);

    assertThat(asked).containsExactly(A, B, C);
    assertThat(((ModuleRejected) answer).sentence())
        .contains(A + ": zip", B + ": zip", "from " + C);
  }

  private ModuleEvent answer(ModuleFetched event) throws Exception {
    List<ModuleEvent> answers = work.process(event);
    assertThat(answers).hasSize(1);
    return answers.getFirst();
  }

  private Origin origin() {
    return new Origin("s1", List.of(zipClaim));
  }

  private ModuleFetched fetched(
      SyntheticModule module,
      Fetch fetch,
      List<Refusal> refusals,
      List<String> misses,
      List<String> untried)
      throws IOException {
    return fetched(module, fetch, refusals, misses, untried, List.of(origin()));
  }

  private ModuleFetched fetched(
      SyntheticModule module,
      Fetch fetch,
      List<Refusal> refusals,
      List<String> misses,
      List<String> untried,
      List<Origin> origins)
      throws IOException {
    return new ModuleFetched(
        new RequestId("r1", 1),
        module.module(),
        Want.ZIP,
        origins,
        origins.size(),
        fetch,
        new Files(blob(module.info()), blob(module.mod()), blob(module.zip())),
        refusals,
        misses,
        Map.of(Files.Kind.ZIP, untried, Files.Kind.MOD, untried));
  }

  private BlobRef blob(byte[] bytes) throws IOException {
    try (var writer = blobs.newWriter()) {
      writer.write(bytes, 0, bytes.length);
      return writer.keep();
    }
  }
}
