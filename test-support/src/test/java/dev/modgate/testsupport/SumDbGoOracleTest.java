package dev.modgate.testsupport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.modgate.gomod.sumdb.LookupOutcome;
import dev.modgate.gomod.sumdb.SumDatabase;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The real `go` command believes our database, and refuses the lies that our client refuses.
class SumDbGoOracleTest {
  private final SyntheticModule hello = SyntheticModule.of("example.com/Hello@v1.0.0");
  private final SyntheticModule other = SyntheticModule.of("example.com/other@v1.0.0");
  private final FakeSumDb database =
      FakeSumDb.named("sumdb.example.com").fillTo(10).add(hello, other).fillTo(600);

  @TempDir private Path dir;

  @BeforeAll
  static void goIsPresent() {
    assumeTrue(
        Arrays.stream(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator, -1))
            .anyMatch(folder -> Files.isExecutable(Path.of(folder, "go"))),
        "the go command is not on PATH: its opinion is not asked");
  }

  @Test
  void goBelievesWhatTheDatabaseSigned() throws Exception {
    try (var upstream = FakeUpstream.serving(hello, other).serve(database)) {
      assertThat(go(upstream, hello, "gopath")).contains(hello.zipHash().value());
      database.fillTo(1000);
      assertThat(go(upstream, other, "gopath")).contains(other.zipHash().value());

      Path latest = dir.resolve("gopath/pkg/sumdb/sumdb.example.com/latest");
      assertThat(Files.readString(latest)).isEqualTo(database.head(1000));
      assertThat(upstream.count("sumdb/sumdb.example.com/tile/8/0/000")).isEqualTo(1);
    }
  }

  @Test
  void goRefusesWhatOurClientRefuses() throws Exception {
    List<SumDbLie> lies =
        List.of(
            new SumDbLie.ForgedRecord(
                FakeSumDb.goSumLines(hello.module(), other.zipHash(), other.goModHash())),
            new SumDbLie.OtherRecord(other.module()),
            new SumDbLie.ForgedTile(40),
            new SumDbLie.Unsigned(),
            new SumDbLie.WrongKey(),
            new SumDbLie.WrongRoot(),
            SumDbLie.empty(),
            SumDbLie.status(404, "not found\n"));
    try (var upstream = FakeUpstream.serving(hello, other).serve(database)) {
      for (SumDbLie lie : lies) {
        database.heal().lie(lie instanceof SumDbLie.ForgedTile ? "tile/8/0/000" : "lookup/", lie);
        var client = new SumDatabase(database.key(), new MemorySumDb(database));

        assertThat(client.lookup(hello.module()))
            .as(lie.toString())
            .isNotInstanceOf(LookupOutcome.Proven.class);
        assertThat(go(upstream, hello, "lie" + lies.indexOf(lie)))
            .as(lie.toString())
            .contains("\"Error\":");
      }
      database.heal();
      assertThat(go(upstream, hello, "gopath")).contains(hello.zipHash().value());
    }
  }

  /// @param gopath keeps what go remembers; go keeps authentic answers of the wrong question too
  private String go(FakeUpstream upstream, SyntheticModule module, String gopath)
      throws IOException, InterruptedException {
    Files.writeString(dir.resolve("go.mod"), "module x\n\ngo 1.20\n");
    var builder =
        new ProcessBuilder("go", "mod", "download", "-json", module.module().toString())
            .directory(dir.toFile())
            .redirectErrorStream(true);
    builder.environment().keySet().removeIf(name -> name.startsWith("GO"));
    builder.environment().put("GOPROXY", upstream.goproxyUrl());
    builder.environment().put("GOSUMDB", database.key().toString());
    builder.environment().put("GOTOOLCHAIN", "local");
    builder.environment().put("GOENV", "off");
    builder.environment().put("GOFLAGS", "-mod=mod -modcacherw");
    builder.environment().put("GOPATH", dir.resolve(gopath).toString());
    Process process = builder.start();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
    return out;
  }
}
