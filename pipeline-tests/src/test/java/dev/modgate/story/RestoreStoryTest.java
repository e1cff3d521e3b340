package dev.modgate.story;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.modgate.cli.Main;
import dev.modgate.testsupport.FakeSumDb;
import dev.modgate.testsupport.FakeUpstream;
import dev.modgate.testsupport.SyntheticModule;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// One command takes a whole Modgate, one brings it back on an empty machine.
final class RestoreStoryTest {
  private static final SyntheticModule LEFT = SyntheticModule.of("example.com/left@v1.0.0");
  private static final SyntheticModule RIGHT =
      SyntheticModule.of("example.com/Right@v1.2.3").requiring("example.com/left@v1.0.0");
  private static final SyntheticModule LATER = SyntheticModule.of("example.com/later@v0.1.0");

  @TempDir Path folder;

  @Test
  void anEmptyFolderIsAsTheOriginalWasAndGoBuildsAgainstIt() throws Exception {
    Path first = folder.resolve("first");
    Path second = folder.resolve("second");
    Path backup = folder.resolve("backup.zip");
    FakeSumDb database = FakeSumDb.named("sum.fake.example").add(LEFT, RIGHT, LATER).fillTo(300);
    try (FakeUpstream upstream = FakeUpstream.serving(LEFT, RIGHT, LATER).serve(database)) {
      try (RunningModgate modgate =
          RunningModgate.start(first, upstream, database.key().toString())) {
        sync(modgate, LEFT, RIGHT);
        modgate("backup", backup, "--whole", "--data", first);
      }

      modgate("restore", backup, "--data", second);

      assertThat(hashes(second.resolve("inner"))).isEqualTo(hashes(first.resolve("inner")));
      assertThat(hashes(second.resolve("outer/trust")))
          .isEqualTo(hashes(first.resolve("outer/trust")));
      assertThat(hashes(second.resolve("keys"))).isEqualTo(hashes(first.resolve("keys")));
      try (RunningModgate modgate =
          RunningModgate.start(second, upstream, database.key().toString())) {
        assertThat(modgate.get("/api/v1/modules/example.com/left/versions/v1.0.0").toString())
            .contains("\"published\"");
        sync(modgate, LATER);
        var go = new InnerGo(folder.resolve("home"), modgate.gateway(), database.key().toString());

        var downloaded = go.download(LEFT, RIGHT, LATER);

        assertThat(downloaded.output()).isEmpty();
        assertThat(downloaded.exitCode()).isZero();
        assertThat(go.run("build", "example.com/Right@v1.2.3").output())
            .doesNotContain("checksum mismatch");
      }
    }
  }

  private void modgate(Object... args) throws InterruptedException {
    List<String> words = Stream.of(args).map(Object::toString).toList();
    try (JavaProcess process = JavaProcess.main(Main.class, folder, Map.of(), words)) {
      var result = process.await(Site.LIMIT);
      assertThat(result.exitCode()).as(result.output()).isZero();
    }
  }

  /// Returns when all of it is inside.
  private static void sync(RunningModgate modgate, SyntheticModule... modules) throws Exception {
    String names =
        JsonMapper.shared()
            .writeValueAsString(
                Stream.of(modules).map(module -> module.module().toString()).toList());
    try (var api = new WatcherApi(modgate.api())) {
      var answer = api.postJson("/api/v1/syncs", "{\"modules\":" + names + "}");
      assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
      JsonNode sync = JsonMapper.shared().readTree(answer.body());
      String id = sync.path("id").asString("");
      await("sync " + sync)
          .atMost(RunningModgate.LIMIT)
          .until(() ->
              modgate
                  .get("/api/v1/syncs/" + id + "?modules=none")
                  .path("state")
                  .asString("")
                  .equals("done"));
    }
  }

  /// SHA-256 of every file but what a store keeps for itself, and how far the scrub is.
  private static Map<String, String> hashes(Path root) throws Exception {
    var all = new TreeMap<String, String>();
    try (Stream<Path> files = Files.walk(root)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        String name = root.relativize(file).toString();
        if (!name.startsWith(".tmp-") && !name.equals("_modgate/scrub.json")) {
          all.put(name, hash(file));
        }
      }
    }
    assertThat(all).isNotEmpty();
    return all;
  }

  private static String hash(Path file) throws Exception {
    return HexFormat.of()
        .formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)));
  }
}
