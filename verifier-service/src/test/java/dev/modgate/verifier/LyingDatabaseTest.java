package dev.modgate.verifier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.modgate.pipeline.event.DeferReason;
import dev.modgate.pipeline.event.ModuleVerified;
import dev.modgate.pipeline.stage.DependencyDownException;
import dev.modgate.pipeline.stage.NotNowException;
import dev.modgate.start.Meters;
import dev.modgate.testsupport.FakeSumDb;
import dev.modgate.testsupport.Fault;
import dev.modgate.testsupport.SumDbLie;
import dev.modgate.testsupport.SyntheticModule;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Whatever the database says, nothing is accepted that its key has not signed, in one history.
class LyingDatabaseTest {
  private static final SyntheticModule GOOD = SyntheticModule.of("example.com/m@v1.2.3");
  private static final SyntheticModule OTHER = SyntheticModule.of("example.com/other@v1.0.0");
  private static final SyntheticModule EVIL =
      GOOD.withFile("lib.go", "package lib // does something else\n");
  private static final String EVIL_LINES =
      FakeSumDb.goSumLines(GOOD.module(), EVIL.zipHash(), EVIL.goModHash());

  private final Proving proving = new Proving();

  @AfterEach
  void close() {
    proving.close();
  }

  static Stream<Arguments> lies() {
    return Stream.of(
        Arguments.of("lookup/", new SumDbLie.ForgedRecord(EVIL_LINES)),
        Arguments.of("lookup/", new SumDbLie.OtherRecord(OTHER.module())),
        Arguments.of("lookup/", new SumDbLie.LinesInHead(OTHER.module(), EVIL_LINES)),
        Arguments.of("lookup/", SumDbLie.empty()),
        Arguments.of("lookup/", SumDbLie.endless()),
        Arguments.of("lookup/", SumDbLie.status(500, "broken")),
        Arguments.of("lookup/", SumDbLie.status(302, "elsewhere")),
        Arguments.of(
            "lookup/", new SumDbLie.Wire(new Fault.Replace("text/html", "<html>log in</html>"))),
        Arguments.of("lookup/", new SumDbLie.Unsigned()),
        Arguments.of("lookup/", new SumDbLie.WrongKey()),
        Arguments.of("tile/", new SumDbLie.ForgedTile(0)),
        Arguments.of("\\.p/", new SumDbLie.ForgedTile(31)),
        Arguments.of("tile/", SumDbLie.status(404, "gone")));
  }

  @ParameterizedTest
  @MethodSource("lies")
  void aLieAboutOneVersionPutsItOffAndNothingIsAccepted(String paths, SumDbLie lie)
      throws Exception {
    proving.database.add(GOOD, OTHER).fillTo(300);
    proving.database.lie(paths, lie);
    var verifier = proving.verifier();
    var evil = proving.fetched(EVIL);
    var good = proving.fetched(GOOD);

    for (var event : List.of(evil, good)) {
      assertThatExceptionOfType(NotNowException.class)
          .isThrownBy(() -> verifier.process(event))
          .satisfies(e -> {
            assertThat(e.reason()).isEqualTo(DeferReason.SUMDB_FAILED);
            assertThat(e.sentence()).startsWith("example.com/m@v1.2.3: ").doesNotContain("\n");
          });
    }

    proving.database.heal();
    assertThat(verifier.process(good)).hasOnlyElementsOfType(ModuleVerified.class);
    assertThat(verifier.process(evil)).noneMatch(ModuleVerified.class::isInstance);
  }

  static Stream<SumDbLie> liesAboutAll() {
    return Stream.of(
        SumDbLie.empty(), new SumDbLie.Unsigned(), new SumDbLie.WrongKey(), SumDbLie.endless());
  }

  @ParameterizedTest
  @MethodSource("liesAboutAll")
  void aDatabaseThatLiesAboutEverythingPausesTheStage(SumDbLie lie) throws Exception {
    proving.database.add(GOOD).lie("", lie);
    var verifier = proving.verifier();
    var event = proving.fetched(GOOD);

    assertThatExceptionOfType(DependencyDownException.class)
        .isThrownBy(() -> verifier.process(event));

    proving.database.heal();
    assertThat(verifier.process(event)).hasOnlyElementsOfType(ModuleVerified.class);
  }

  @Test
  void aRecordWithoutItsGoModLineProvesNothing() throws Exception {
    String zipLine =
        GOOD.module().path() + " " + GOOD.module().version() + " " + GOOD.zipHash() + "\n";
    proving.database.addRecord(GOOD.module(), zipLine).fillTo(3);
    var verifier = proving.verifier();
    var event = proving.fetched(GOOD);

    assertThatExceptionOfType(NotNowException.class)
        .isThrownBy(() -> verifier.process(event))
        .satisfies(e -> assertThat(e.sentence()).contains("has no h1 of", "/go.mod"));
  }

  @Test
  void aForgedRecordIsCounted() throws Exception {
    proving.database.add(GOOD).fillTo(3).lie("lookup/", new SumDbLie.ForgedRecord(EVIL_LINES));
    var verifier = proving.verifier();
    var event = proving.fetched(EVIL);
    double before = counted("sumdb-forged");

    assertThatExceptionOfType(NotNowException.class).isThrownBy(() -> verifier.process(event));

    assertThat(counted("sumdb-forged")).isEqualTo(before + 1);
  }

  @Test
  void aForkStopsAllVerifiersUntilAPersonDeletesTheAlarm() throws Exception {
    proving.database.add(GOOD).fillTo(20);
    FakeSumDb fork = proving.database.fork().add(EVIL).fillTo(40);
    proving.database.add(OTHER).fillTo(30);
    var first = proving.verifier();
    var second = proving.verifier();
    var event = proving.fetched(EVIL);
    first.process(proving.fetched(OTHER));
    proving.upstream.serve(fork);

    assertThatExceptionOfType(DependencyDownException.class)
        .isThrownBy(() -> second.process(event))
        .satisfies(e ->
            assertThat(e.reason())
                .startsWith(
                    "checksum database sum.example.com stopped everything: checksum database signed two"
                        + " histories: ")
                .contains("modgate security acknowledge sum.example.com"));
    proving.upstream.serve(proving.database);
    var other = proving.fetched(OTHER);
    assertThatExceptionOfType(DependencyDownException.class).isThrownBy(() -> first.process(other));
    assertThatExceptionOfType(DependencyDownException.class)
        .isThrownBy(() -> proving.verifier().process(other));

    assertThat(proving.read(Proving.ALARM)).contains(proving.database.head(30), fork.head(40));
    proving.objects.delete(Proving.ALARM);
    assertThat(first.process(other)).hasOnlyElementsOfType(ModuleVerified.class);
  }

  @Test
  void aSignedHeadWithAnotherRootIsAForkToo() throws Exception {
    proving.database.add(GOOD, OTHER);
    var verifier = proving.verifier();
    verifier.process(proving.fetched(OTHER));
    var event = proving.fetched(GOOD);
    proving.database.lie("lookup/", new SumDbLie.WrongRoot());

    assertThatExceptionOfType(DependencyDownException.class)
        .isThrownBy(() -> verifier.process(event))
        .satisfies(e -> assertThat(e.reason()).contains("signed two histories"));
  }

  @Test
  void aDatabaseThatStaysGoneBackForAMinuteStopsEverything() throws Exception {
    proving.database.fillTo(20).add(GOOD).fillTo(300);
    var verifier = proving.verifier();
    verifier.process(proving.fetched(GOOD));
    var event = proving.fetched(OTHER);
    proving.database.rollBackTo(10);

    assertThatExceptionOfType(DependencyDownException.class)
        .isThrownBy(() -> verifier.process(event))
        .satisfies(e -> assertThat(e.reason()).contains("can't be believed: ", "went back to a "));
    assertThat(proving.objects.open(Proving.ALARM)).isEmpty();
    proving.pass(Duration.ofMinutes(1));
    assertThatExceptionOfType(DependencyDownException.class)
        .isThrownBy(() -> verifier.process(event))
        .satisfies(e -> assertThat(e.reason()).contains("stopped everything: "));
    proving.database.heal();

    assertThatExceptionOfType(DependencyDownException.class)
        .isThrownBy(() -> verifier.process(event));
  }

  @Test
  void aDatabaseThatWentBackWhileNobodyAskedIsFoundOutAtTheStart() throws Exception {
    proving.database.add(GOOD).fillTo(300);
    proving.verifier().process(proving.fetched(GOOD));
    proving.database.rollBackTo(10);
    var event = proving.fetched(GOOD);

    assertThatExceptionOfType(DependencyDownException.class)
        .isThrownBy(() -> proving.verifier().process(event))
        .satisfies(e -> assertThat(e.reason()).contains("went back to a "));
  }

  @Test
  void aCacheWithAnOldHeadIsNoRollback() throws Exception {
    proving.database.add(GOOD).fillTo(200);
    proving.database.add(OTHER).fillTo(300);
    proving.verifier().process(proving.fetched(OTHER));
    proving.database.serveHeadsOf(150);

    assertThat(proving.verifier().process(proving.fetched(GOOD)))
        .hasOnlyElementsOfType(ModuleVerified.class);
  }

  private static double counted(String kind) {
    return Meters.registry()
        .counter("modgate.security.events", "stage", "verify", "kind", kind)
        .count();
  }
}
