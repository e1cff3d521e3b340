package dev.modgate.story;

import static org.assertj.core.api.Assertions.assertThat;

import dev.modgate.testsupport.FakeSumDb;
import dev.modgate.testsupport.FakeUpstream;
import dev.modgate.testsupport.SumDbLie;
import dev.modgate.testsupport.SyntheticModule;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The checksum database proves what goes inside, by way of an upstream that serves it.
final class ChecksumDatabaseTest {
  private static final SyntheticModule LEFT = SyntheticModule.of("example.com/left@v1.2.3");
  private static final SyntheticModule RIGHT = SyntheticModule.of("example.com/right@v1.0.0");
  private static final SyntheticModule CHANGED =
      LEFT.withFile("lib.go", "package lib // changed\n");

  @TempDir Path folder;

  @Test
  void aModuleThatNobodyClaimsIsProvenByTheDatabaseAlone() throws Exception {
    FakeSumDb database = database().add(LEFT).fillTo(300);
    try (FakeUpstream upstream = FakeUpstream.serving(LEFT).serve(database);
        Site site = Site.of(folder, upstream, database)) {
      var result = site.sync("example.com/left@v1.2.3");

      assertThat(result.output()).contains("all 1 module version inside");
      assertThat(result.exitCode()).isZero();
      assertThat(site.modgate("show", "example.com/left@v1.2.3").output())
          .contains("proven   by localhost:1, record 0 of 300, root hash ")
          .contains("zip hash " + LEFT.zipHash() + " is what localhost:1 signed")
          .contains("signed   by modgate-verifier (check it again with: modgate verify ");
    }
  }

  @Test
  void whatIsInsideIsVerifiedAgainWhenNothingRunsAndAChangedFileIsNamed() throws Exception {
    FakeSumDb database = database().add(LEFT).fillTo(300);
    try (FakeUpstream upstream = FakeUpstream.serving(LEFT).serve(database);
        Site site = Site.of(folder, upstream, database)) {
      assertThat(site.sync("example.com/left@v1.2.3").exitCode()).isZero();
      assertThat(site.modgate("down").exitCode()).isZero();
      int asked = upstream.requests().size();

      var right = site.modgate("verify", "example.com/left@v1.2.3");
      Path zip = site.inner().resolve("example.com/left/@v/v1.2.3.zip");
      Files.delete(zip);
      Files.write(zip, CHANGED.zip());
      var wrong = site.modgate("verify", "example.com/left@v1.2.3");

      assertThat(right.output())
          .contains("verified: 15 steps", "localhost:1+", "as signed by modgate-verifier+");
      assertThat(right.exitCode()).isZero();
      assertThat(wrong.output())
          .contains(
              "NOT VERIFIED",
              "example.com/left/@v/v1.2.3.zip\" has hash "
                  + CHANGED.zipHash()
                  + " but localhost:1 signed "
                  + LEFT.zipHash());
      assertThat(wrong.exitCode()).isEqualTo(1);
      assertThat(upstream.requests()).as("nobody was asked").hasSize(asked);
    }
  }

  @Test
  void offIsAWarningWhereverSomebodyLooks() throws Exception {
    try (FakeUpstream upstream = FakeUpstream.serving(LEFT);
        Site site = Site.of(folder, upstream.goproxyUrl())) {
      site.project("project", "module example.com/p\n", LEFT.goSum(), "package main\n");

      var first = site.sync("project", "--sumdb", "off");
      var again = site.sync("project");

      assertThat(first.exitCode()).isZero();
      for (var output : java.util.List.of(first.output(), again.output())) {
        assertThat(output).contains("WARNING: the checksum database is off");
      }
      assertThat(site.modgate("status").output()).contains("nothing but go.sum lines proves");
      assertThat(site.modgate("show", "example.com/left@v1.2.3").output())
          .contains("WARNING  no checksum database has proven it");
      assertThat(site.sync("project", "--sumdb", "sum.golang.org").exitCode()).isEqualTo(2);
    }
  }

  @Test
  void aWrongGoSumFailsItsOwnSyncAloneAndTheModuleGoesInside() throws Exception {
    FakeSumDb database = database().add(LEFT);
    try (FakeUpstream upstream = FakeUpstream.serving(LEFT).serve(database);
        Site site = Site.of(folder, upstream, database)) {
      site.project("wrong", "module example.com/wrong\n", CHANGED.goSum(), "package main\n");
      site.project("right", "module example.com/right\n", LEFT.goSum(), "package main\n");

      var wrong = site.sync("wrong");
      var right = site.sync("right");

      assertThat(wrong.exitCode()).isEqualTo(1);
      assertThat(wrong.output())
          .contains(CHANGED.zipHash().value(), LEFT.zipHash().value(), "go.sum:1");
      assertThat(right.output()).contains("all 1 module version inside");
      assertThat(right.exitCode()).isZero();

      var late = site.sync("wrong"); // the module has long been inside
      var other = site.sync("right");

      assertThat(late.exitCode()).isEqualTo(1);
      assertThat(late.output())
          .contains(CHANGED.zipHash().value(), LEFT.zipHash().value(), "go.sum:1");
      assertThat(other.exitCode()).isZero();
    }
  }

  @Test
  void aChangedZipIsRefusedThoughAChangedGoSumAsksForIt() throws Exception {
    FakeSumDb database = database().add(LEFT);
    try (FakeUpstream upstream = FakeUpstream.serving(CHANGED).serve(database);
        Site site = Site.of(folder, upstream, database)) {
      site.project("project", "module example.com/p\n", CHANGED.goSum(), "package main\n");

      var result = site.sync("project");

      assertThat(result.exitCode()).isEqualTo(1);
      assertThat(result.output())
          .contains("REJECTED  example.com/left@v1.2.3", "localhost:1 signed " + LEFT.zipHash());
      assertThat(site.modgate("show", "example.com/left@v1.2.3").output())
          .contains("sumdb-mismatch");
    }
  }

  @Test
  void aChangedGoModIsRefusedThoughAChangedGoSumAsksForItAlone() throws Exception {
    SyntheticModule changed = LEFT.requiring("example.com/right@v1.0.0");
    FakeSumDb database = database().add(LEFT);
    try (FakeUpstream upstream = FakeUpstream.serving(changed).serve(database);
        Site site = Site.of(folder, upstream, database)) {
      String goSum = "example.com/left v1.2.3/go.mod " + changed.goModHash() + "\n";
      site.project("project", "module example.com/p\n", goSum, "package main\n");

      var result = site.sync("project");

      assertThat(result.exitCode()).isEqualTo(1);
      assertThat(result.output())
          .contains(
              "REJECTED  example.com/left@v1.2.3",
              changed.goModHash().value(),
              "localhost:1 signed " + LEFT.goModHash());
      assertThat(site.modgate("show", "example.com/left@v1.2.3").output())
          .contains("sumdb-mismatch");
      assertThat(upstream.requests()).noneMatch(seen -> seen.path().endsWith(".zip"));
      assertThat(site.inner().resolve("example.com/left")).doesNotExist();
    }
  }

  @Test
  void aForkStopsTheVerifierAndTheStatusSaysWhy() throws Exception {
    FakeSumDb database = database().add(LEFT).fillTo(20);
    FakeSumDb fork = database.fork().add(RIGHT).fillTo(40);
    database.fillTo(30);
    try (FakeUpstream upstream = FakeUpstream.serving(LEFT, RIGHT).serve(database);
        Site site = Site.of(folder, upstream, database)) {
      assertThat(site.sync("example.com/left@v1.2.3").exitCode()).isZero();
      upstream.serve(fork);

      site.sync("example.com/right@v1.0.0", "--no-wait");

      awaitStatus(site, "signed two histories");
      assertThat(site.data().resolve("outer/trust/localhost:1/alarm")).exists();
      assertThat(Files.exists(site.inner().resolve("example.com/right"))).isFalse();
      var trust = site.modgate("trust", "show");
      assertThat(trust.output())
          .contains("all verifiers are stopped:", "older head:", "newer head:");
      assertThat(trust.exitCode()).isEqualTo(1);

      upstream.serve(database.add(RIGHT));
      var acknowledged =
          site.modgate(
              "security", "acknowledge", "localhost:1", "--by", "ada", "--why", "a bad mirror");

      assertThat(acknowledged.exitCode()).as(acknowledged.output()).isZero();
      assertThat(site.sync("example.com/right@v1.0.0").exitCode()).isZero();
      assertThat(site.modgate("trust", "show").output())
          .contains("alarm  none", "past   by ada, at ", "why a bad mirror");
    }
  }

  @Test
  void anUnreachableDatabaseHoldsEverythingUpUntilItIsBack() throws Exception {
    FakeSumDb database = database().add(LEFT);
    try (FakeUpstream upstream = FakeUpstream.serving(LEFT).serve(database);
        Site site = Site.of(folder, upstream, database)) {
      database.lie("", SumDbLie.status(503, "later"));
      var syncing = site.startSync("example.com/left@v1.2.3");
      awaitStatus(site, "can't be asked: ");

      database.heal();

      assertThat(syncing.await(Site.LIMIT).exitCode()).isZero();
    }
  }

  /// Nobody listens at its own address.
  private static FakeSumDb database() {
    return FakeSumDb.named("localhost:1");
  }

  private static void awaitStatus(Site site, String text) throws InterruptedException {
    Instant limit = Instant.now().plus(Site.LIMIT);
    String status = site.modgate("status").output();
    while (!status.contains(text)) {
      assertThat(Instant.now()).as(status).isBefore(limit);
      status = site.modgate("status").output();
    }
  }
}
