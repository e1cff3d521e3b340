package dev.modgate.verifier;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.modgate.gomod.dirhash.GoModHash;
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
import dev.modgate.pipeline.event.RejectReason;
import dev.modgate.pipeline.event.RequestId;
import dev.modgate.pipeline.event.Want;
import dev.modgate.pipeline.store.BlobRef;
import dev.modgate.pipeline.store.BlobStore;
import dev.modgate.pipeline.store.MemoryObjectStore;
import dev.modgate.pipeline.store.ObjectKey;
import dev.modgate.pipeline.store.Sha256;
import dev.modgate.testsupport.SyntheticModule;
import dev.modgate.testsupport.TestVerifier;
import dev.modgate.verifier.sumdb.ChecksumDatabase;
import dev.modgate.verifier.sumdb.NoDatabase;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class VerifyWorkTest {
  private static final ChecksumDatabase OFF = new NoDatabase(InstantSource.fixed(Instant.EPOCH));
  private static final Instant NOW = Instant.parse("2026-11-01T00:00:00Z");
  private static final H1 OTHER = H1.of(new byte[32]);

  private final MemoryObjectStore objects = new MemoryObjectStore();
  private final BlobStore blobs = new BlobStore(objects);
  private final VerifyWork work =
      new VerifyWork(blobs, "blob store \"test\"", OFF, TestVerifier.KEY, InstantSource.fixed(NOW));
  private final SyntheticModule good = SyntheticModule.of("example.com/m@v1.2.3");

  @Test
  void withoutADatabaseNothingProvesAToolchain() throws Exception {
    var toolchain = SyntheticModule.of("golang.org/toolchain@v0.0.1-go1.25.4.linux-amd64");
    var event =
        zipWanted(toolchain, zipClaim(toolchain.zipHash()), modClaim(toolchain.goModHash()));

    var rejected = (ModuleRejected) only(work.process(event));

    assertThat(rejected.reason()).isEqualTo(RejectReason.UNVERIFIABLE);
    assertThat(rejected.sentence())
        .contains(
            "it is a toolchain, which the checksum database alone can prove, but no checksum"
                + " database was asked: it is off");
  }

  @Test
  void acceptsWhatBothClaimsProveAndSaysWhy() throws Exception {
    var event = zipWanted(good, zipClaim(good.zipHash()), modClaim(good.goModHash()));

    var verified = (ModuleVerified) only(work.process(event));

    assertThat(verified.evidence().zipHash()).isEqualTo(good.zipHash());
    assertThat(verified.evidence().goModHash()).isEqualTo(good.goModHash());
    assertThat(verified.evidence().files()).isEqualTo(event.files());
    assertThat(verified.evidence().rulesRevision()).isZero();
    assertThat(verified.evidence().verifiedAt()).isEqualTo(NOW);
    assertThat(verified.evidence().checks())
        .contains(
            "zip hash " + good.zipHash() + " is what go.sum:7 of sync s1 claims",
            "the go.mod in the zip is the .mod, byte for byte",
            "the .info names this version");
  }

  @Test
  void aZipClaimAloneProvesTheGoModInTheZipToo() throws Exception {
    assertThat(only(work.process(zipWanted(good, zipClaim(good.zipHash())))))
        .isInstanceOf(ModuleVerified.class);
  }

  @Test
  void aGoModIsProvenByItsOwnClaimAlone() throws Exception {
    var verified = (ModuleVerified) only(work.process(modWanted(good, modClaim(good.goModHash()))));

    assertThat(verified.evidence().zipHash()).isNull();
    assertThat(refusal(modWanted(good, zipClaim(good.zipHash()))).reason())
        .isEqualTo(RejectReason.UNVERIFIABLE);
  }

  @Test
  void neverAcceptsWhatNothingProves() throws Exception {
    var refused = refusal(zipWanted(good, modClaim(good.goModHash())));

    assertThat(refused.reason()).isEqualTo(RejectReason.UNVERIFIABLE);
    assertThat(refused.sentence())
        .isEqualTo(
            "example.com/m@v1.2.3: no go.sum line claims a hash of its zip,"
                + " so nothing proves the bytes");
  }

  @Test
  void refusesAZipOtherThanClaimedAndNamesBothHashes() throws Exception {
    var changed = good.withFile("lib.go", "package lib // another\n");

    var refused = refusal(zipWanted(changed, zipClaim(good.zipHash())));

    assertThat(refused.reason()).isEqualTo(RejectReason.CLAIM_MISMATCH);
    assertThat(refused.reason().isSecurity()).isTrue();
    assertThat(refused.sentence())
        .isEqualTo(
            "example.com/m@v1.2.3: zip hash is "
                + changed.zipHash()
                + " but go.sum:7 of sync s1 claims "
                + good.zipHash()
                + ", from https://proxy.example");
  }

  @Test
  void refusesAGoModOtherThanClaimed() throws Exception {
    var refused = refusal(modWanted(good, modClaim(OTHER)));

    assertThat(refused.reason()).isEqualTo(RejectReason.CLAIM_MISMATCH);
    assertThat(refused.sentence()).contains(good.goModHash().value(), OTHER.value(), "go.sum:8");
  }

  @Test
  void refusesAnyBitFlippedInTheZip() throws Exception {
    byte[] zip = good.zip();
    for (int i = 0; i < zip.length; i++) {
      byte[] flipped = zip.clone();
      flipped[i] ^= 0x10;

      var event =
          only(work.process(zipWanted(good.withZipBytes(flipped), zipClaim(good.zipHash()))));

      if (event instanceof ModuleRejected refused) {
        assertThat(refused.sentence()).contains(good.zipHash().value());
      } else { // a date, say: the contents are the same, and h1 says so
        assertThat(((ModuleVerified) event).evidence().zipHash()).isEqualTo(good.zipHash());
      }
    }
  }

  @Test
  void namesBothClaimsThatDisagree() throws Exception {
    var fetched =
        fetch(
            good,
            Want.ZIP,
            List.of(
                new Origin("s1", List.of(zipClaim(good.zipHash()))),
                new Origin("s2", List.of(new Claim(Claim.Subject.ZIP, OTHER, "b/go.sum", 9)))));

    var refused = refusal(fetched);

    assertThat(refused.reason()).isEqualTo(RejectReason.CLAIMS_DISAGREE);
    assertThat(refused.sentence())
        .contains("go.sum:7 of sync s1 claims zip hash " + good.zipHash())
        .contains("b/go.sum:9 of sync s2 claims " + OTHER);
  }

  @Test
  void namesTheFaultsOfABadZip() throws Exception {
    var bad =
        good.withZipBytes(
            SyntheticModule.zipOf(
                Map.of("example.com/m@v1.2.4/lib.go", "package m".getBytes(UTF_8))));

    var refused = refusal(zipWanted(bad, zipClaim(good.zipHash())));

    assertThat(refused.reason()).isEqualTo(RejectReason.BAD_ZIP);
    assertThat(refused.sentence())
        .contains("the zip, of sha256 " + Sha256.of(bad.zip()) + ", has ")
        .contains("example.com/m@v1.2.4/lib.go", "go.sum:7 of sync s1 claims " + good.zipHash())
        .doesNotContain("go.mod");
  }

  @Test
  void refusesAModFileThatIsNotTheOneInTheZip() throws Exception {
    var other = good.withModBytes("module example.com/m\n\ngo 1.21\n".getBytes(UTF_8));

    assertThat(refusal(zipWanted(other, zipClaim(good.zipHash()))).reason())
        .isEqualTo(RejectReason.GO_MOD_DIFFERS);
  }

  @Test
  void aModuleWithoutGoModHasTheOneLineThatStandsForIt() throws Exception {
    var bare = SyntheticModule.of("example.com/old@v2.0.0+incompatible").withoutFile("go.mod");
    byte[] madeUp = "module example.com/old\n\nrequire example.com/x v1.0.0\n".getBytes(UTF_8);
    var other = bare.withModBytes(madeUp);

    assertThat(only(work.process(zipWanted(bare, zipClaim(bare.zipHash())))))
        .isInstanceOf(ModuleVerified.class);
    assertThat(refusal(zipWanted(other, zipClaim(bare.zipHash()))).reason())
        .isEqualTo(RejectReason.GO_MOD_DIFFERS);
    assertThat(
            only(
                work.process(
                    zipWanted(other, zipClaim(bare.zipHash()), modClaim(GoModHash.of(madeUp))))))
        .isInstanceOf(ModuleVerified.class);
  }

  @Test
  void aModulePathThatIsNoneIsShownQuoted() throws Exception {
    var odd = good.withFile("go.mod", "module \"example.com/\\x1b[2J\"\n");

    var verified = (ModuleVerified) only(work.process(zipWanted(odd, zipClaim(odd.zipHash()))));

    assertThat(verified.evidence().checks())
        .contains(
            "the .mod declares module path \"example.com/\\u001b[2J\":"
                + " usable through a replace only");
  }

  @Test
  void acceptsAForkThatKeepsItsOldModulePathAndSaysSo() throws Exception {
    var fork = good.withFile("go.mod", "module example.com/upstream\n");

    var verified = (ModuleVerified) only(work.process(zipWanted(fork, zipClaim(fork.zipHash()))));

    assertThat(verified.evidence().checks())
        .contains(
            "the .mod declares module path \"example.com/upstream\":"
                + " usable through a replace only");
  }

  @Test
  void refusesAModFileThatIsNoGoMod() throws Exception {
    byte[] page = "module example.com/m example.com/n\n".getBytes(UTF_8);

    assertThat(refusal(modWanted(good.withModBytes(page), modClaim(GoModHash.of(page)))).reason())
        .isEqualTo(RejectReason.BAD_GO_MOD);
  }

  @Test
  void refusesAnInfoOfAnotherVersion() throws Exception {
    var other = good.withInfoBytes("{\"Version\":\"v1.2.4\"}".getBytes(UTF_8));

    var refused = refusal(zipWanted(other, zipClaim(good.zipHash())));

    assertThat(refused.reason()).isEqualTo(RejectReason.BAD_INFO);
    assertThat(refused.sentence()).contains("\"v1.2.4\", want \"v1.2.3\"");
  }

  @Test
  void noDecisionRestsOnTheTimeOfAnInfo() throws Exception {
    var usual = (ModuleVerified) only(work.process(zipWanted(good, zipClaim(good.zipHash()))));

    for (String time :
        List.of("", ",\"Time\":\"0001-01-01T00:00:00Z\"", ",\"Time\":\"9999-12-31T23:59:59Z\"")) {
      var odd = good.withInfoBytes(("{\"Version\":\"v1.2.3\"" + time + "}").getBytes(UTF_8));

      var verified = (ModuleVerified) only(work.process(zipWanted(odd, zipClaim(good.zipHash()))));

      assertThat(verified.evidence().checks()).isEqualTo(usual.evidence().checks());
    }
  }

  @Test
  void asksForABlobAnewThatIsGoneOrDamaged() throws Exception {
    var event = zipWanted(good, zipClaim(good.zipHash()));
    BlobRef zip = event.files().zipIfAny().orElseThrow();
    ObjectKey key =
        objects
            .list("")
            .map(s -> s.key())
            .filter(k -> k.value().contains(zip.sha256().hex()))
            .findFirst()
            .orElseThrow();

    objects.compareAndSwap(
        key, objects.stat(key).map(s -> s.revision()), new byte[(int) zip.size()]);
    var damaged = (ModuleDeferred) only(work.process(event));
    objects.delete(key);
    var gone = (ModuleDeferred) only(work.process(event));

    assertThat(damaged.reason()).isEqualTo(DeferReason.REFETCH);
    assertThat(damaged.sentence()).contains("has sha256").contains(zip.sha256().hex());
    assertThat(gone.reason()).isEqualTo(DeferReason.REFETCH);
    assertThat(gone.sentence()).contains("the blob of its .zip is gone");
  }

  @Test
  void anEventWithoutTheWantedZipIsABug() throws Exception {
    var mod = modWanted(good, modClaim(good.goModHash()));
    var broken =
        new ModuleFetched(
            mod.request(), mod.module(), Want.ZIP, mod.origins(), 1, mod.fetch(), mod.files());

    assertThatThrownBy(() -> work.process(broken)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void weighsTheHeapThatItTakesAtMostNotTheBytesOfTheZip() {
    assertThat(work.weight(ofSizes(400, 1_000, 60_000))).isEqualTo((1 << 20) + 2_800 + 30_000);
    assertThat(work.weight(ofSizes(400, 1_000, 500 << 20))).isEqualTo((33 << 20) + 2_800);
    assertThat(work.weight(ofSizes(400, 16 << 20, 500 << 20))).isLessThan(66 << 20);
  }

  private ModuleFetched ofSizes(long info, long mod, long zip) {
    Sha256 any = Sha256.of(new byte[0]);
    return new ModuleFetched(
        new RequestId("r1", 1),
        good.module(),
        Want.ZIP,
        List.of(),
        0,
        new Fetch("https://proxy.example", NOW),
        new Files(new BlobRef(any, info), new BlobRef(any, mod), new BlobRef(any, zip)));
  }

  private ModuleRejected refusal(ModuleFetched event) throws Exception {
    return (ModuleRejected) only(work.process(event));
  }

  private static ModuleEvent only(List<ModuleEvent> events) {
    assertThat(events).hasSize(1);
    return events.getFirst();
  }

  private ModuleFetched zipWanted(SyntheticModule module, Claim... claims) throws IOException {
    return fetch(module, Want.ZIP, List.of(new Origin("s1", List.of(claims))));
  }

  private ModuleFetched modWanted(SyntheticModule module, Claim... claims) throws IOException {
    return fetch(module, Want.MOD, List.of(new Origin("s1", List.of(claims))));
  }

  private ModuleFetched fetch(SyntheticModule module, Want want, List<Origin> origins)
      throws IOException {
    var files =
        new Files(
            blob(module.info()), blob(module.mod()), want == Want.ZIP ? blob(module.zip()) : null);
    return new ModuleFetched(
        new RequestId("r1", 1),
        module.module(),
        want,
        origins,
        origins.size(),
        new Fetch("https://proxy.example", NOW),
        files);
  }

  private BlobRef blob(byte[] bytes) throws IOException {
    try (var writer = blobs.newWriter()) {
      writer.write(bytes, 0, bytes.length);
      return writer.keep();
    }
  }

  private static Claim zipClaim(H1 hash) {
    return new Claim(Claim.Subject.ZIP, hash, "go.sum", 7);
  }

  private static Claim modClaim(H1 hash) {
    return new Claim(Claim.Subject.GO_MOD, hash, "go.sum", 8);
  }
}
