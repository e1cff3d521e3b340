package dev.modgate.publisher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.modgate.pipeline.event.ModuleRejected;
import dev.modgate.pipeline.event.RejectReason;
import dev.modgate.pipeline.event.RequestId;
import dev.modgate.pipeline.event.StageName;
import dev.modgate.pipeline.event.Want;
import dev.modgate.pipeline.stage.NotNowException;
import dev.modgate.pipeline.store.MemoryObjectStore;
import dev.modgate.pipeline.store.ObjectKey;
import dev.modgate.pipeline.zone.RefusalNote;
import dev.modgate.pipeline.zone.ZoneLayout;
import dev.modgate.testsupport.SyntheticModule;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RefusalWorkTest {
  private final Outer outer = Outer.empty();
  private final MemoryObjectStore zone = new MemoryObjectStore();
  private final RefusalWork work = new RefusalWork(zone);
  private final PublishWork publisher =
      new PublishWork(
          outer.blobs(), zone, Optional.empty(), Outer.PINNED, InstantSource.fixed(Outer.NOW));
  private final SyntheticModule module = SyntheticModule.of("example.com/m@v1.0.0");

  @Test
  void notesTheRefusalBesideTheModule() throws Exception {
    assertThat(work.process(rejected(Want.ZIP, "hash is\nh1:x", 5))).isEmpty();

    assertThat(note())
        .contains(
            new RefusalNote(
                Want.ZIP, RejectReason.BAD_ZIP, "hash is h1:x", Instant.ofEpochSecond(5)));
  }

  @Test
  void theLatestRefusalStaysInWhateverOrderTheyCome() throws Exception {
    work.process(rejected(Want.ZIP, "new", 9));
    work.process(rejected(Want.ZIP, "old", 5));

    assertThat(note().map(RefusalNote::sentence)).contains("new");
  }

  @Test
  void whatIsInsideIsNotNoted() throws Exception {
    publisher.process(outer.verified(module, Want.ZIP));

    work.process(rejected(Want.ZIP, "a wrong go.sum line", 5));

    assertThat(note()).isEmpty();
  }

  @Test
  void publishingRemovesTheNoteOfWhatCameInside() throws Exception {
    work.process(rejected(Want.ZIP, "the zip is bad", 5));

    publisher.process(outer.verified(module, Want.MOD));
    assertThat(note()).as("a go.mod does not undo a refused zip").isPresent();

    publisher.process(outer.verified(module, Want.ZIP));
    assertThat(note()).isEmpty();
  }

  @Test
  void aGoModThatIsRefusedLaterLeavesTheNoteOfTheZip() throws Exception {
    work.process(rejected(Want.ZIP, "the zip is bad", 5));
    work.process(rejected(Want.MOD, "the go.mod is bad", 9));

    publisher.process(outer.verified(module, Want.MOD));

    assertThat(note(Want.ZIP).map(RefusalNote::sentence)).contains("the zip is bad");
    assertThat(note(Want.MOD)).isEmpty();
  }

  @Test
  void publishingTheZipRemovesBothNotes() throws Exception {
    work.process(rejected(Want.ZIP, "the zip is bad", 5));
    work.process(rejected(Want.MOD, "the go.mod is bad", 9));

    publisher.process(outer.verified(module, Want.ZIP));

    assertThat(note(Want.ZIP)).isEmpty();
    assertThat(note(Want.MOD)).isEmpty();
  }

  @Test
  void noNoteIsLeftOverWhereThePublicationComesWhileItIsWritten() throws Exception {
    var meanwhile =
        new CrashingStore(
            zone,
            Integer.MAX_VALUE,
            false,
            _ -> {
              try {
                publisher.process(outer.verified(module, Want.ZIP));
              } catch (Exception e) {
                throw new IllegalStateException(e);
              }
            });

    new RefusalWork(meanwhile).process(rejected(Want.ZIP, "the zip is bad", 5));

    assertThat(note(Want.ZIP)).isEmpty();
  }

  @Test
  void aNoteThatCantBeWrittenIsNoReasonToPause() throws Exception {
    set(ZoneLayout.refusal(module.module(), Want.ZIP), new byte[RefusalNote.MAX_BYTES + 1]);

    assertThatThrownBy(() -> work.process(rejected(Want.ZIP, "the zip is bad", 5)))
        .isInstanceOf(NotNowException.class)
        .hasMessageContaining("_modgate/refused/example.com/m/@v/v1.0.0.zip.json");
  }

  private void set(ObjectKey key, byte[] bytes) {
    assertThat(zone.compareAndSwap(key, Optional.empty(), bytes)).isTrue();
  }

  private ModuleRejected rejected(Want want, String sentence, long second) {
    return new ModuleRejected(
        new RequestId("r1", 1),
        module.module(),
        want,
        StageName.VERIFY,
        RejectReason.BAD_ZIP,
        sentence,
        List.of(),
        null,
        0,
        Instant.ofEpochSecond(second));
  }

  private Optional<RefusalNote> note() throws Exception {
    return note(Want.ZIP);
  }

  private Optional<RefusalNote> note(Want want) throws Exception {
    var object = zone.open(ZoneLayout.refusal(module.module(), want));
    if (object.isEmpty()) {
      return Optional.empty();
    }
    try (var reader = object.get()) {
      return Optional.of(RefusalNote.read(reader.readAll(RefusalNote.MAX_BYTES)));
    }
  }
}
