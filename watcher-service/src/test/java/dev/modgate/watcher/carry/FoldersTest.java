package dev.modgate.watcher.carry;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.modgate.watcher.database.TestClock;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FoldersTest {
  @TempDir Path folder;

  private final TestClock clock = new TestClock();

  private InFolder in() {
    return new InFolder(folder, Pattern.compile("a-([0-9]{1,19})\\.want"), clock);
  }

  @Test
  void aFileAppearsWholeAndIsNeverChanged() throws Exception {
    var out = new OutFolder(folder.resolve("out"));
    out.put("a-1.want", "one".getBytes(UTF_8));
    out.put("a-1.want", "one".getBytes(UTF_8));

    assertThatExceptionOfType(FileAlreadyExistsException.class)
        .isThrownBy(() -> out.put("a-1.want", "two".getBytes(UTF_8)))
        .withMessageContaining("with other bytes: it stays");
    assertThat(folder.resolve("out/a-1.want")).hasContent("one");
    try (Stream<Path> files = Files.list(folder.resolve("out"))) {
      assertThat(files).hasSize(1);
    }
  }

  @Test
  void aTemporaryFileOfAProcessThatWasKilledIsInNobodysWay() throws Exception {
    Files.createDirectories(folder.resolve("out"));
    Files.writeString(folder.resolve("out/.a-1.want.new"), "half of something longer");

    new OutFolder(folder.resolve("out")).put("a-1.want", "one".getBytes(UTF_8));

    assertThat(folder.resolve("out/a-1.want")).hasContent("one");
  }

  @Test
  void filesComeInTheOrderOfTheirNumbersAndOthersAreLeftAlone() throws Exception {
    for (String name : new String[] {"a-10.want", "a-9.want", "b-1.want", "a-x.want", "notes"}) {
      Files.writeString(folder.resolve(name), name);
    }
    Files.createDirectory(folder.resolve("a-3.want"));
    Files.createSymbolicLink(folder.resolve("a-2.want"), folder.resolve("a-9.want"));

    assertThat(in().files())
        .extracting(Path::getFileName)
        .map(Path::toString)
        .containsExactly("a-9.want", "a-10.want");
    assertThat(folder.resolve("notes")).exists();
  }

  @Test
  void aFileThatChangesIsNotSettled() throws Exception {
    InFolder in = in();
    Path file = Files.writeString(folder.resolve("a-1.want"), "ha");
    in.files();
    clock.advance(InFolder.SETTLED.minusSeconds(1));
    Files.writeString(file, "half");
    in.files();
    clock.advance(InFolder.SETTLED.minusSeconds(1));
    in.files();

    assertThat(in.settled(file)).isFalse();
    clock.advance(java.time.Duration.ofSeconds(1));
    assertThat(in.settled(file)).isTrue();
  }

  @Test
  void whatIsSetAsideKeepsWhatLiesThere() throws Exception {
    InFolder in = in();
    for (String content : new String[] {"one", "two"}) {
      Path file = Files.writeString(folder.resolve("a-1.want"), content);
      assertThat(in.files()).containsExactly(file);
      in.setAside(file);
    }

    assertThat(in.files()).isEmpty();
    try (Stream<Path> files = Files.list(folder.resolve("refused"))) {
      assertThat(files).hasSize(2);
    }
    assertThat(folder.resolve("refused/a-1.want")).hasContent("one");
  }
}
