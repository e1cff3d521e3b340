package dev.modgate.publisher;

import static org.assertj.core.api.Assertions.assertThat;

import dev.modgate.pipeline.event.Claim;
import dev.modgate.pipeline.event.Evidence;
import dev.modgate.pipeline.event.Fetch;
import dev.modgate.pipeline.event.ModulePublished;
import dev.modgate.pipeline.event.ModuleRejected;
import dev.modgate.pipeline.event.ModuleVerified;
import dev.modgate.pipeline.event.Origin;
import dev.modgate.pipeline.event.RejectReason;
import dev.modgate.pipeline.event.SumDbEvidence;
import dev.modgate.pipeline.event.Want;
import dev.modgate.pipeline.store.MemoryObjectStore;
import dev.modgate.pipeline.verdict.VerdictNote;
import dev.modgate.testsupport.SyntheticModule;
import dev.modgate.testsupport.TestVerifier;
import java.io.IOException;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What was published first stays, whoever says otherwise later, and however well it is signed.
class FirstSeenTest {
  private final Outer outer = Outer.empty();
  private final MemoryObjectStore zone = new MemoryObjectStore();
  private final PublishWork work =
      new PublishWork(
          outer.blobs(), zone, Optional.empty(), Outer.PINNED, InstantSource.fixed(Outer.NOW));
  private final SyntheticModule first = SyntheticModule.of("example.com/m@v1.0.0");
  private final SyntheticModule other = first.withFile("lib.go", "package lib // other\n");

  /// Who says that the version is something else now.
  enum Voice {
    CLAIMS,
    DATABASE,
    UPSTREAM
  }

  @ParameterizedTest
  @EnumSource
  void whatWasPublishedFirstStays(Voice voice) throws Exception {
    assertThat(work.process(said(first, Voice.DATABASE)).getFirst())
        .isInstanceOf(ModulePublished.class);
    var before = snapshot();

    var refused = (ModuleRejected) work.process(said(other, voice)).getFirst();

    assertThat(refused.reason()).isEqualTo(RejectReason.PUBLISHED_DIFFERS);
    assertThat(refused.sentence())
        .contains(other.zipHash().value(), first.zipHash() + " is inside, which stays");
    assertThat(snapshot()).isEqualTo(before);
  }

  @ParameterizedTest
  @EnumSource
  void neitherDoesAnotherGoMod(Voice voice) throws Exception {
    assertThat(work.process(said(first, Voice.CLAIMS)).getFirst())
        .isInstanceOf(ModulePublished.class);
    var before = snapshot();

    var refused =
        (ModuleRejected)
            work.process(said(first.requiring("example.com/x@v1.0.0"), voice)).getFirst();

    assertThat(refused.reason()).isEqualTo(RejectReason.PUBLISHED_DIFFERS);
    assertThat(snapshot()).isEqualTo(before);
  }

  private ModuleVerified said(SyntheticModule module, Voice voice) throws IOException {
    ModuleVerified event = outer.verified(module, Want.ZIP);
    Evidence e = event.evidence();
    var claim = new Claim(Claim.Subject.ZIP, module.zipHash(), "go.sum", 1);
    Evidence evidence =
        new Evidence(
            voice == Voice.UPSTREAM ? new Fetch("https://other.example", Outer.NOW) : e.fetch(),
            e.files(),
            e.zipHash(),
            e.goModHash(),
            voice == Voice.CLAIMS ? List.of(new Origin("s-1", List.of(claim))) : List.of(),
            e.checks(),
            0,
            Outer.NOW,
            database(voice));
    return new ModuleVerified(
        event.request(),
        module.module(),
        Want.ZIP,
        VerdictNote.sign(module.module(), Want.ZIP, evidence, TestVerifier.KEY));
  }

  private static @Nullable SumDbEvidence database(Voice voice) {
    return switch (voice) {
      case DATABASE, UPSTREAM -> new SumDbEvidence("sum.golang.org", 1, 2, "root", "");
      case CLAIMS -> null;
    };
  }

  private List<String> snapshot() {
    return zone.list("").map(Object::toString).sorted().toList();
  }
}
