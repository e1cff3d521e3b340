package dev.modgate.story;

import static org.awaitility.Awaitility.await;

import dev.modgate.gomod.dirhash.H1;
import dev.modgate.gomod.note.SigningKey;
import dev.modgate.testsupport.SyntheticModule;
import dev.modgate.watcher.wantlist.WantLine;
import dev.modgate.watcher.wantlist.WantList;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// What an agent sent out.
record CrossedList(String text) {
  private static final String SIGNED_BY = "\n— ";

  /// As somebody with a stick does: all that is there, but for what is still being written.
  static List<CrossedList> carry(Path from, Path to) throws IOException {
    await()
        .atMost(Site.LIMIT)
        .until(() -> files(from).stream().anyMatch(file -> file.toString().endsWith(".want")));
    var crossed = new ArrayList<CrossedList>();
    for (Path file : files(from)) {
      crossed.add(new CrossedList(Files.readString(file)));
      Files.move(file, to.resolve(file.getFileName()));
    }
    return crossed;
  }

  private static List<Path> files(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> !file.getFileName().toString().startsWith(".")).toList();
    }
  }

  /// The want list that tells what a module's go.sum lines say, and nothing else: its number and
  /// its time alone are the agent's to choose.
  String asAgreed(SigningKey key, String source, String commit, SyntheticModule needed) {
    var about = new WantList.About(key.verifierKey().name(), number(), created(), source, commit);
    return WantList.write(about, lines(needed), key);
  }

  private static List<WantLine> lines(SyntheticModule module) {
    return module
        .goSum()
        .lines()
        .map(line -> line.split(" ", -1))
        .map(words ->
            new WantLine(
                module.module(), words[1].endsWith("/go.mod"), Optional.of(new H1(words[2]))))
        .toList();
  }

  long number() {
    return Long.parseLong(header("number "));
  }

  private Instant created() {
    return Instant.parse(header("created "));
  }

  private String header(String name) {
    return text.lines()
        .filter(line -> line.startsWith(name))
        .findFirst()
        .orElseThrow()
        .substring(name.length());
  }

  /// One character is another.
  String withAnotherSignature() {
    int place = text.indexOf(' ', text.indexOf(SIGNED_BY) + SIGNED_BY.length()) + 20;
    char other = text.charAt(place) == 'A' ? 'B' : 'A';
    return text.substring(0, place) + other + text.substring(place + 1);
  }
}
