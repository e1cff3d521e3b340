package dev.modgate.verifier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.modgate.gomod.dirhash.H1;
import dev.modgate.gomod.proxy.ProxyList;
import dev.modgate.gomod.sumdb.GoSumDb;
import dev.modgate.gomod.sumdb.SumDbProof;
import dev.modgate.pipeline.event.Claim;
import dev.modgate.pipeline.event.DeferReason;
import dev.modgate.pipeline.event.ModuleRejected;
import dev.modgate.pipeline.event.ModuleVerified;
import dev.modgate.pipeline.event.RejectReason;
import dev.modgate.pipeline.event.Want;
import dev.modgate.pipeline.stage.DependencyDownException;
import dev.modgate.pipeline.stage.NotNowException;
import dev.modgate.testsupport.FakeSumDb;
import dev.modgate.testsupport.FakeUpstream;
import dev.modgate.testsupport.SumDbLie;
import dev.modgate.testsupport.SyntheticModule;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// The database decides about the module; nobody decides in its place.
class ProvenByDatabaseTest {
  private static final H1 OTHER = H1.of(new byte[32]);

  private final Proving proving = new Proving();
  private final SyntheticModule good = SyntheticModule.of("example.com/m@v1.2.3");

  @AfterEach
  void close() {
    proving.close();
  }

  @Test
  void acceptsAModuleThatNobodyClaimsAndKeepsTheProof() throws Exception {
    proving.database.add(good).fillTo(300);

    var verified = (ModuleVerified) Proving.only(proving.verifier().process(proving.fetched(good)));

    var sumdb = Objects.requireNonNull(verified.evidence().sumdb());
    assertThat(sumdb.database()).isEqualTo("sum.example.com");
    assertThat(sumdb.record()).isZero();
    assertThat(sumdb.treeSize()).isEqualTo(300);
    var proof = SumDbProof.open(sumdb.proof(), proving.database.key());
    assertThat(proof.zip()).isEqualTo(good.zipHash());
    assertThat(proof.head(proving.database.key()).head().hash()).hasToString(sumdb.rootHash());
    assertThat(verified.evidence().checks())
        .anyMatch(
            c -> c.startsWith("zip hash " + good.zipHash() + " is what sum.example.com signed"))
        .anyMatch(
            c -> c.startsWith("go.mod hash " + good.goModHash() + " is what sum.example.com"));
  }

  @Test
  void acceptsAGoModThatNobodyClaims() throws Exception {
    proving.database.add(good);

    var verdict = Proving.only(proving.verifier().process(proving.fetched(good, Want.MOD)));

    assertThat(verdict).isInstanceOf(ModuleVerified.class);
  }

  @Test
  void aClaimThatContradictsTheDatabaseKeepsTheModuleFromNobody() throws Exception {
    proving.database.add(good);

    var verdict =
        Proving.only(proving.verifier().process(proving.fetched(good, zip(OTHER), zip(OTHER))));

    assertThat(verdict).isInstanceOf(ModuleVerified.class);
  }

  @Test
  void claimsThatDisagreeAreDecidedByTheDatabase() throws Exception {
    proving.database.add(good);
    var event = proving.fetched(good, zip(OTHER), zip(good.zipHash()));

    assertThat(Proving.only(proving.verifier().process(event))).isInstanceOf(ModuleVerified.class);
  }

  @Test
  void refusesAChangedZipThoughAChangedGoSumClaimsIt() throws Exception {
    proving.database.add(good).fillTo(5);
    var changed = good.withFile("lib.go", "package lib // another\n");

    var refused =
        (ModuleRejected)
            Proving.only(
                proving.verifier().process(proving.fetched(changed, zip(changed.zipHash()))));

    assertThat(refused.reason()).isEqualTo(RejectReason.SUMDB_MISMATCH);
    assertThat(refused.reason().isSecurity()).isTrue();
    assertThat(refused.sentence())
        .startsWith(
            "example.com/m@v1.2.3: zip hash is "
                + changed.zipHash()
                + " but sum.example.com signed "
                + good.zipHash()
                + ", record 0 of a tree of 5 ")
        .endsWith(", from https://proxy.example");
  }

  @Test
  void refusesAChangedGoModOfAVersionWantedForItsGoModAlone() throws Exception {
    proving.database.add(good);
    var changed =
        good.withModBytes("module example.com/m\n\ngo 1.99\n".getBytes(StandardCharsets.UTF_8));

    var refused =
        (ModuleRejected)
            Proving.only(proving.verifier().process(proving.fetched(changed, Want.MOD)));

    assertThat(refused.reason()).isEqualTo(RejectReason.SUMDB_MISMATCH);
    assertThat(refused.sentence()).contains("go.mod hash is ", good.goModHash().value());
  }

  @Test
  void refusesWhatTheDatabaseDoesNotKnowThoughItIsClaimed() throws Exception {
    proving.database.fillTo(3);

    var refused =
        (ModuleRejected)
            Proving.only(proving.verifier().process(proving.fetched(good, zip(good.zipHash()))));

    assertThat(refused.reason()).isEqualTo(RejectReason.UNVERIFIABLE);
    assertThat(refused.sentence())
        .contains("sum.example.com does not know it", "modgate.verifier.no-sumdb");
  }

  @Test
  void theDatabaseNeverHearsOfAPrivateModuleAndItsClaimDecides() throws Exception {
    var verifier = proving.verifier("*.corp.example,example.com");

    var claimed = Proving.only(verifier.process(proving.fetched(good, zip(good.zipHash()))));
    var unclaimed = Proving.only(verifier.process(proving.fetched(good)));

    assertThat(proving.upstream.count()).isZero();
    assertThat(((ModuleVerified) claimed).evidence().sumdb()).isNull();
    assertThat(((ModuleVerified) claimed).evidence().checks())
        .contains("no checksum database was asked: modgate.verifier.no-sumdb names the module");
    assertThat(((ModuleRejected) unclaimed).reason()).isEqualTo(RejectReason.UNVERIFIABLE);
  }

  @Test
  void aToolchainIsProvenByTheDatabaseWhateverIsPrivate() throws Exception {
    var toolchain = SyntheticModule.of("golang.org/toolchain@v0.0.1-go1.25.4.linux-amd64");
    var changed = toolchain.withFile("bin/go", "#!/bin/sh\n");
    proving.database.add(toolchain);
    var verifier = proving.verifier("golang.org,golang.org/toolchain");

    var proven = Proving.only(verifier.process(proving.fetched(toolchain)));
    var claimed = Proving.only(verifier.process(proving.fetched(changed, zip(changed.zipHash()))));

    assertThat(((ModuleVerified) proven).evidence().sumdb()).isNotNull();
    assertThat(((ModuleRejected) claimed).reason()).isEqualTo(RejectReason.SUMDB_MISMATCH);
  }

  @Test
  void anUnreachableDatabasePausesTheStageUntilItIsBack() throws Exception {
    proving.database.add(good);
    var verifier = proving.verifier();
    var event = proving.fetched(good, zip(good.zipHash()));
    proving.upstream.down();

    assertThatExceptionOfType(DependencyDownException.class)
        .isThrownBy(() -> verifier.process(event))
        .satisfies(e ->
            assertThat(e.reason())
                .startsWith("checksum database sum.example.com can't be asked: "));

    proving.upstream.up();
    assertThat(verifier.process(event)).hasOnlyElementsOfType(ModuleVerified.class);
  }

  @Test
  void aDatabaseThatBreaksDownLaterPausesTheStageToo() throws Exception {
    var later = SyntheticModule.of("example.com/later@v1.0.0");
    proving.database.add(good, later);
    var verifier = proving.verifier();
    verifier.process(proving.fetched(good));
    var event = proving.fetched(later);
    proving.database.lie("", SumDbLie.status(503, "later"));

    assertThatExceptionOfType(DependencyDownException.class)
        .isThrownBy(() -> verifier.process(event))
        .satisfies(e -> assertThat(e.reason()).contains("answered 503", "(later)"));

    proving.database.heal();
    assertThat(verifier.process(event)).hasOnlyElementsOfType(ModuleVerified.class);
  }

  @Test
  void aProxyThatForgotTheDatabaseDoesNotRejectEverything() throws Exception {
    proving.database.add(good);
    var verifier = proving.verifier();
    verifier.process(proving.fetched(good));
    var event = proving.fetched(SyntheticModule.of("example.com/later@v1.0.0"));
    proving.database.lie("", SumDbLie.status(404, "no such page"));

    assertThatExceptionOfType(DependencyDownException.class)
        .isThrownBy(() -> verifier.process(event));
  }

  @Test
  void aVersionThatTheDatabaseStillLooksForHoldsUpNobodyElse() throws Exception {
    proving.database.add(good);
    var verifier = proving.verifier();
    var other = proving.fetched(SyntheticModule.of("example.com/slow@v1.0.0"));
    proving.database.lie("slow@", SumDbLie.status(404, "not found: fetch timed out"));

    assertThatExceptionOfType(NotNowException.class)
        .isThrownBy(() -> verifier.process(other))
        .satisfies(e -> assertThat(e.reason()).isEqualTo(DeferReason.SUMDB_FAILED));

    assertThat(verifier.process(proving.fetched(good))).hasOnlyElementsOfType(ModuleVerified.class);
  }

  @Test
  void asksTheFirstProxyThatServesTheDatabase() throws Exception {
    var database = FakeSumDb.named("localhost:1/sums").add(good); // nobody listens there
    try (FakeUpstream without = FakeUpstream.start();
        FakeUpstream with = FakeUpstream.start().serve(database)) {
      var proxies =
          ProxyList.parse(without.goproxyUrl() + "," + with.goproxyUrl() + ",direct").stream()
              .filter(ProxyList.Upstream.class::isInstance)
              .map(ProxyList.Upstream.class::cast)
              .toList();
      var asked = (GoSumDb.Database) GoSumDb.parse(database.key().toString());

      var verifier = proving.verifier(asked, proxies, "", true);

      assertThat(verifier.process(proving.fetched(good)))
          .hasOnlyElementsOfType(ModuleVerified.class);
      assertThat(without.requests())
          .extracting(FakeUpstream.Seen::path)
          .containsExactly("sumdb/localhost:1/sums/supported");
    }
  }

  @Test
  void anUnreachableDatabaseNamesTheProxiesThatWereAskedToo() throws Exception {
    var database = FakeSumDb.named("localhost:1");
    var asked = (GoSumDb.Database) GoSumDb.parse(database.key().toString());
    proving.upstream.down();
    var proxy = (ProxyList.Upstream) ProxyList.parse(proving.upstream.goproxyUrl()).getFirst();
    var verifier = proving.verifier(asked, List.of(proxy), "", true);
    var event = proving.fetched(good);

    assertThatExceptionOfType(DependencyDownException.class)
        .isThrownBy(() -> verifier.process(event))
        .satisfies(e ->
            assertThat(e.reason())
                .contains("https://localhost:1 can't be reached", proving.upstream.goproxyUrl()));
  }

  private static Claim zip(H1 hash) {
    return new Claim(Claim.Subject.ZIP, hash, "go.sum", 7);
  }
}
