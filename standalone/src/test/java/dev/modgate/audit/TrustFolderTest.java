package dev.modgate.audit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.modgate.gomod.sumdb.GoSumDb;
import dev.modgate.pipeline.store.Durability;
import dev.modgate.pipeline.store.FileObjectStore;
import dev.modgate.start.StartException;
import dev.modgate.testsupport.FakeSumDb;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrustFolderTest {
  private static final Instant NOW = Instant.parse("2026-11-01T10:20:30.123Z");

  @TempDir Path folder;
  private final FakeSumDb database = FakeSumDb.named("sum.example.com/x").fillTo(30);

  @Test
  void beginsAMemoryOnceAndShowsIt() throws Exception {
    var trust = new TrustFolder(folder);

    trust.init(asked());
    Files.writeString(folder.resolve("trust/zone.json"), "{}"); // of no database

    assertThat(trust.all())
        .singleElement()
        .satisfies(one -> {
          assertThat(one.name()).isEqualTo("sum.example.com/x");
          assertThat(one.key()).isEqualTo(database.key().toString());
          assertThat(one.records()).isEqualTo(-1);
          assertThat(one.alarm()).isNull();
          assertThat(one.fault()).isNull();
        });
    assertThatExceptionOfType(StartException.class)
        .isThrownBy(() -> trust.init(asked()))
        .withMessageContaining("is there already, and is not begun anew");
  }

  @Test
  void showsTheRememberedHeadAndItsTiles() throws Exception {
    var trust = new TrustFolder(folder);
    trust.init(asked());
    write("latest", database.head(30));
    write("tile/8/0/000.p/30", "x");

    assertThat(trust.all())
        .singleElement()
        .satisfies(one -> {
          assertThat(one.records()).isEqualTo(30);
          assertThat(database.head(30)).contains(one.rootHash());
          assertThat(one.seen()).isNotNull();
          assertThat(one.tiles()).isEqualTo(1);
        });
  }

  @Test
  void saysThatAHeadWasLostOrIsDamaged() throws Exception {
    var trust = new TrustFolder(folder);
    trust.init(asked());

    write("latest", FakeSumDb.named("sum.example.com/x").fillTo(3).head(3));
    assertThat(trust.all().getFirst().fault()).contains("latest\" is damaged");
    Files.delete(folder.resolve("trust/sum.example.com+x/latest"));
    assertThat(trust.all().getFirst().fault()).contains("latest\" is lost");
  }

  @Test
  void tilesWithoutAHeadAreALoss() throws Exception {
    var trust = new TrustFolder(folder);
    trust.init(asked());
    write("tile/8/0/000.p/30", "x");

    assertThat(trust.all().getFirst().fault()).contains("latest\" has no head beside tiles");
  }

  @Test
  void nothingIsBegunBesideWhatIsLeft() throws Exception {
    var trust = new TrustFolder(folder);
    write("tile/8/0/000.p/30", "x");

    assertThatExceptionOfType(StartException.class)
        .isThrownBy(() -> trust.init(asked()))
        .withMessageContaining("restore trust/ from a backup");
  }

  @Test
  void anAcknowledgementLetsGoOnAndIsKeptWithTheAlarm() throws Exception {
    var trust = new TrustFolder(folder);
    trust.init(asked());
    write("alarm", "two histories\n\nolder head: a\nnewer head: b\n");

    String alarm = trust.acknowledge("sum.example.com/x", "ada", "a stale mirror", NOW);

    assertThat(alarm).contains("older head: a", "newer head: b");
    assertThat(folder.resolve("trust/sum.example.com+x/alarm")).doesNotExist();
    var after = trust.all().getFirst();
    assertThat(after.alarm()).isNull();
    assertThat(after.acknowledged())
        .containsExactly("by ada\nat " + NOW + "\nwhy a stale mirror\n\n" + alarm);
  }

  @Test
  void anAlarmThatChangedMeanwhileIsAcknowledgedByNobody() throws Exception {
    new TrustFolder(folder).init(asked());
    write("alarm", "an older alarm\n");
    var changing =
        new ChangingStore(
            new FileObjectStore(folder, Durability.RELAXED),
            () -> write("alarm", "a newer alarm, which nobody has looked into\n"));

    assertThatExceptionOfType(StartException.class)
        .isThrownBy(() ->
            new TrustFolder(folder, changing).acknowledge("sum.example.com/x", "ada", "why", NOW))
        .withMessageContaining("changed meanwhile: look again");

    var after = new TrustFolder(folder).all().getFirst();
    assertThat(after.alarm()).startsWith("a newer alarm");
    assertThat(after.acknowledged()).isEmpty();
  }

  @Test
  void whereThereIsNoAlarmNothingIsAcknowledged() throws Exception {
    var trust = new TrustFolder(folder);
    trust.init(asked());

    assertThatExceptionOfType(StartException.class)
        .isThrownBy(() -> trust.acknowledge("sum.example.com/x", "ada", "why", NOW))
        .withMessageContaining("there is no alarm of \"sum.example.com/x\"");
    assertThat(trust.all().getFirst().acknowledged()).isEmpty();
  }

  private GoSumDb.Database asked() {
    return (GoSumDb.Database) GoSumDb.parse(database.key().toString());
  }

  private void write(String name, String text) throws IOException {
    Path file = folder.resolve("trust/sum.example.com+x").resolve(name);
    Files.createDirectories(file.getParent());
    Files.deleteIfExists(file);
    Files.write(file, text.getBytes(UTF_8));
  }
}
