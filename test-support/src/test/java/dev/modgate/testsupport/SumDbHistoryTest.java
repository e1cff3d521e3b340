package dev.modgate.testsupport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import dev.modgate.gomod.dirhash.H1;
import dev.modgate.gomod.module.ModuleVersion;
import dev.modgate.gomod.note.SigningKey;
import dev.modgate.gomod.sumdb.HeadOutcome;
import dev.modgate.gomod.sumdb.LookupOutcome;
import dev.modgate.gomod.sumdb.Misbehaviour;
import dev.modgate.gomod.sumdb.SignedHead;
import dev.modgate.gomod.sumdb.SumDatabase;
import dev.modgate.gomod.tlog.TlogHash;
import java.security.SecureRandom;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What clients remember: forks, rollbacks, and several of them at once.
class SumDbHistoryTest {
  private static final ModuleVersion HELLO = ModuleVersion.parse("example.com/hello@v1.0.0");
  private static final ModuleVersion EARLY = ModuleVersion.parse("filler.example.com/m@v1.0.3");
  private static final ModuleVersion BORDER = ModuleVersion.parse("filler.example.com/m@v1.0.299");
  private static final H1 ZIP = new H1("h1:w5fcysjrx7yqtD/aO+QwRjYZOKnaM9Uh2b40tElTs3Y=");
  private static final H1 EVIL = new H1("h1:T1hPZKmBbMNahiBKFy5HrXp6adAjACjK9JXDnKaTXpA=");

  private final FakeSumDb real = FakeSumDb.named("sumdb.example.com").fillTo(300);
  private final MemorySumDb memory = new MemorySumDb(real);
  private final SumDatabase client = new SumDatabase(real.key(), memory);

  @Test
  void movesForwardWithTheDatabase() throws Exception {
    for (long size : new long[] {300, 301, 511, 512, 513, 1000}) {
      real.fillTo(size);

      assertThat(client.latest())
          .isEqualTo(new HeadOutcome.Current(SignedHead.open(real.head(size), real.key())));
      assertThat(memory.readHead()).contains(real.head(size));
    }
  }

  @Test
  void takesAnAnswerWithAnOlderHeadAndProvesItUnderTheRememberedOne() throws Exception {
    client.latest();
    real.serveHeadsOf(100);

    LookupOutcome outcome = client.lookup(EARLY);

    assertThat(outcome)
        .isInstanceOfSatisfying(
            LookupOutcome.Proven.class,
            p -> assertThat(p.proof().reply().note()).isEqualTo(real.head(300)));
    assertThat(memory.readHead()).contains(real.head(300));
  }

  @ParameterizedTest
  @CsvSource({"300, 305", "305, 300", "300, 300", "310, 600", "600, 310"})
  void provesAForkToAnybody(long first, long second) throws Exception {
    FakeSumDb other = real.fork();
    real.add(HELLO, ZIP, ZIP).fillTo(first + 1);
    other.add(HELLO, EVIL, EVIL).fillTo(second + 1);
    client.latest();
    client.lookup(BORDER); // so that tiles on both sides of the fork are kept
    memory.switchTo(other);

    LookupOutcome outcome = client.lookup(HELLO);

    var fork = (Misbehaviour.Fork) ((LookupOutcome.Misbehaving) outcome).misbehaviour();
    assertThat(fork.isProven(real.key())).isTrue();
    assertThat(fork.older().note()).isIn(real.head(first + 1), other.head(second + 1));
    assertThat(fork.newer().note()).isIn(real.head(first + 1), other.head(second + 1));
    assertThat(fork.sentence()).startsWith("checksum database signed two histories: a tree of ");
    assertThat(fork.report()).contains(fork.older().note(), fork.newer().note());
    assertThat(memory.readHead()).contains(real.head(first + 1));
  }

  @Test
  void takesAForkThatItHasNoTilesOfForARollback() throws Exception {
    FakeSumDb other = real.fork().add(HELLO, EVIL, EVIL);
    real.add(HELLO, ZIP, ZIP).fillTo(600);
    client.latest();
    memory.switchTo(other);

    LookupOutcome outcome = client.lookup(HELLO);

    assertThat(((LookupOutcome.Misbehaving) outcome).misbehaviour())
        .isInstanceOf(Misbehaviour.Rollback.class);
  }

  @Test
  void findsOutAForkWhoseTilesWereWithheldWithTheNextHead() throws Exception {
    FakeSumDb other = real.fork().add(HELLO, EVIL, EVIL);
    real.add(HELLO, ZIP, ZIP).fillTo(600);
    client.latest();
    memory.switchTo(other);
    client.lookup(HELLO);
    memory.switchTo(real);

    HeadOutcome outcome = client.latest();

    var fork = (Misbehaviour.Fork) ((HeadOutcome.Misbehaving) outcome).misbehaviour();
    assertThat(fork.isProven(real.key())).isTrue();
    assertThat(fork.report()).contains(other.head(301), real.head(600));
  }

  @Test
  void findsOutALargerForkOnceTheTreeHasGrown() throws Exception {
    FakeSumDb other = real.fork().add(HELLO, EVIL, EVIL).fillTo(700);
    other.lie("tile/", SumDbLie.status(404, "gone"));
    client.latest();
    memory.switchTo(other);
    assertThatIOException().isThrownBy(() -> client.lookup(HELLO));
    memory.switchTo(real.add(HELLO, ZIP, ZIP).fillTo(650));
    assertThat(client.latest()).isInstanceOf(HeadOutcome.Current.class);
    real.fillTo(800);

    HeadOutcome outcome = client.latest();

    assertThat(((HeadOutcome.Misbehaving) outcome).misbehaviour())
        .isInstanceOf(Misbehaviour.Fork.class);
  }

  @Test
  void putsAStoredHeadForwardThatWentBack() throws Exception {
    real.fillTo(600);
    client.latest();
    memory.remember(real.head(20));

    assertThatIOException()
        .isThrownBy(client::latest)
        .withMessageContaining("and has gone back; it is put forward again");

    assertThat(memory.readHead()).contains(real.head(600));
    assertThat(client.latest()).isInstanceOf(HeadOutcome.Current.class);
  }

  @Test
  void provesNoForkWithAnotherKeyOrWithoutAContradiction() throws Exception {
    FakeSumDb other = real.fork();
    real.add(HELLO, ZIP, ZIP);
    other.add(HELLO, EVIL, EVIL).fillTo(400);
    client.latest();
    memory.switchTo(other);
    var fork =
        (Misbehaviour.Fork) ((LookupOutcome.Misbehaving) client.lookup(HELLO)).misbehaviour();

    var stranger = SigningKey.generate("sumdb.example.com", new SecureRandom()).verifierKey();
    assertThat(fork.isProven(stranger)).isFalse();
    assertThat(
            new Misbehaviour.Fork(
                    fork.older(), fork.newer(), fork.older().head().hash(), fork.proof())
                .isProven(real.key()))
        .isFalse();
    assertThat(
            new Misbehaviour.Fork(fork.older(), fork.newer(), TlogHash.EMPTY_TREE, fork.proof())
                .isProven(real.key()))
        .isFalse();
  }

  @Test
  void noticesADatabaseThatWentBackWhenItAsksForTheLatestHead() throws Exception {
    client.lookup(EARLY);
    real.rollBackTo(280);

    HeadOutcome outcome = client.latest();

    var rollback = (Misbehaviour.Rollback) ((HeadOutcome.Misbehaving) outcome).misbehaviour();
    assertThat(rollback.remembered().note()).isEqualTo(real.head(300));
    assertThat(rollback.served().note()).isEqualTo(real.head(280));
    assertThat(rollback.sentence())
        .startsWith("checksum database went back to a tree of 280 records with hash ")
        .contains("but had signed a tree of 300 records with hash ")
        .contains("does not have tile/8/0/001.p/44");
    assertThat(memory.readHead()).contains(real.head(300));
  }

  @Test
  void noticesADatabaseThatWentBackWhenALookupNeedsWhatIsGone() throws Exception {
    client.latest();
    real.rollBackTo(280);
    var another = new SumDatabase(real.key(), memory.forgetTiles());

    LookupOutcome outcome = another.lookup(EARLY);

    assertThat(((LookupOutcome.Misbehaving) outcome).misbehaviour())
        .isInstanceOf(Misbehaviour.Rollback.class);
  }

  @Test
  void tellsACacheFromADatabaseThatWentBack() throws Exception {
    client.latest();
    real.serveHeadsOf(280);

    assertThat(client.latest())
        .isEqualTo(
            new HeadOutcome.Behind(
                SignedHead.open(real.head(280), real.key()),
                SignedHead.open(real.head(300), real.key())));
  }

  @Test
  void refusesADatabaseThatWentBackAndGrewAnotherWay() throws Exception {
    FakeSumDb other = real.fork();
    real.fillTo(320);
    client.lookup(EARLY);
    other.add(HELLO, EVIL, EVIL).fillTo(310);
    memory.switchTo(other);

    assertThat(client.latest()).isInstanceOf(HeadOutcome.Misbehaving.class);
    var cold = new SumDatabase(real.key(), memory.forgetTiles());
    assertThat(cold.lookup(HELLO)).isInstanceOf(LookupOutcome.Misbehaving.class);
  }

  @Test
  void mergesWithAnotherVerifierThatWasFaster() throws Exception {
    client.latest();
    real.fillTo(400);
    String faster = real.head(400);
    real.fillTo(350 + 100); // this client sees 450
    var once = new AtomicInteger();
    memory.beforeReplace(() -> {
      if (once.getAndIncrement() == 0) {
        memory.remember(faster);
      }
    });

    client.latest();

    assertThat(once).hasValue(2);
    assertThat(memory.readHead()).contains(real.head(450));
  }

  @Test
  void neverMovesTheRememberedHeadBackward() throws Exception {
    client.latest();
    real.fillTo(400).serveHeadsOf(350);
    memory.beforeReplace(() -> memory.remember(real.head(400))); // another one is further already

    HeadOutcome outcome = client.latest();

    assertThat(outcome).isInstanceOf(HeadOutcome.Behind.class);
    assertThat(memory.readHead()).contains(real.head(400));
  }

  @Test
  void noticesAForkBetweenTwoVerifiersThatShareTheirMemory() throws Exception {
    FakeSumDb other = real.fork().add(HELLO, EVIL, EVIL);
    real.add(HELLO, ZIP, ZIP);
    var second = new SumDatabase(real.key(), memory);
    client.latest();
    second.latest();
    other.fillTo(500);
    real.fillTo(400);
    client.latest(); // the second one does not know yet
    memory.switchTo(other);

    assertThat(second.latest())
        .isInstanceOfSatisfying(
            HeadOutcome.Misbehaving.class,
            m -> assertThat(m.misbehaviour()).isInstanceOf(Misbehaviour.Fork.class));
  }

  @Test
  void stopsWhenItsMemoryIsLostOrSpoiled() throws Exception {
    client.latest();
    real.fillTo(310);
    memory.remember(null);
    assertThatIOException()
        .isThrownBy(client::latest)
        .withMessageStartingWith(
            "remembered head of sumdb.example.com is gone: it was a tree of 300");

    memory.remember("nonsense");
    assertThatIOException()
        .isThrownBy(client::latest)
        .withMessageStartingWith("remembered head of sumdb.example.com can't be used: note ");
    memory.remember(FakeSumDb.named("sumdb.example.com").head(0));
    assertThatIOException().isThrownBy(client::latest).withMessageContaining("can't be used");
  }

  @Test
  void givesUpWhenTheMemoryNeverTakesAHead() {
    var conflicts = new AtomicInteger();
    memory.beforeReplace(() -> memory.remember(real.head(conflicts.incrementAndGet())));

    assertThatIOException()
        .isThrownBy(client::latest)
        .withMessage("remembered head of sumdb.example.com changed 100 times in a row");
  }

  @Test
  void beginsWithAnEmptyDatabase() throws Exception {
    FakeSumDb empty = FakeSumDb.named("sumdb.example.com");
    var ops = new MemorySumDb(empty);
    var beginner = new SumDatabase(empty.key(), ops);

    assertThat(beginner.latest()).isInstanceOf(HeadOutcome.Current.class);
    empty.add(HELLO, ZIP, ZIP);
    assertThat(beginner.lookup(HELLO)).isInstanceOf(LookupOutcome.Proven.class);
    assertThat(ops.readHead()).contains(empty.head(1));
  }
}
