package dev.modgate.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.modgate.gateway.GatewayServer;
import dev.modgate.gateway.GatewaySettings;
import dev.modgate.gateway.cache.CacheSettings;
import dev.modgate.gomod.module.ModuleVersion;
import dev.modgate.gomod.toolchain.Platform;
import dev.modgate.gomod.toolchain.Toolchain;
import dev.modgate.gomod.toolchain.ToolchainName;
import dev.modgate.pipeline.event.RejectReason;
import dev.modgate.pipeline.event.Want;
import dev.modgate.pipeline.store.MemoryObjectStore;
import dev.modgate.pipeline.store.ObjectKey;
import dev.modgate.pipeline.zone.RefusalNote;
import dev.modgate.pipeline.zone.ZoneLayout;
import dev.modgate.testsupport.SyntheticModule;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The check against a real gateway.
final class CheckCommandTest {
  private final MemoryObjectStore zone = new MemoryObjectStore();
  private final GatewayServer gateway =
      new GatewayServer(
          new GatewaySettings(
              "127.0.0.1",
              0,
              false,
              URI.create("http://console.example"),
              16,
              100,
              Duration.ofSeconds(10),
              CacheSettings.none()),
          zone);
  private final SyntheticModule b =
      SyntheticModule.of("example.com/b@v1.1.0").requiring("example.com/c@v1.0.0");
  private final SyntheticModule a =
      SyntheticModule.of("example.com/A@v1.0.0").requiring("example.com/b@v1.1.0");
  private final SyntheticModule c = SyntheticModule.of("example.com/c@v1.0.0");
  private @TempDir Path folder;

  @BeforeEach
  void start() {
    gateway.start();
  }

  @AfterEach
  void stop() {
    gateway.close();
  }

  @Test
  void everyLineOfAGoSumIsLookedFor() throws Exception {
    file("go.mod", "module example.com/p\n\ngo 1.20\n\nrequire example.com/A v1.0.0\n");
    file("go.sum", a.goSum() + b.goSum());
    publish(a);
    publishGoMod(b);

    Result before = check();
    publish(b);
    Result after = check();

    assertThat(before.text)
        .contains("absent      example.com/b@v1.1.0  zip  (go.sum:3)")
        .contains("only the go.mod of example.com/b@v1.1.0 is inside")
        .contains("1 of 2 module versions needed inside at http://127.0.0.1:");
    assertThat(before.exitCode).isEqualTo(1);
    assertThat(after.text).contains("all 2 module versions needed inside at");
    assertThat(after.exitCode).isZero();
  }

  @Test
  void ofAGoModLineOnlyTheGoModIsLookedForAndItsHash() throws Exception {
    String line = c.goSum().lines().filter(l -> l.contains("/go.mod")).findFirst().orElseThrow();
    file("go.sum", line + "\n");
    publishGoMod(c);

    assertThat(check().exitCode).isZero();

    zone.delete(ZoneLayout.mod(c.module()));
    put(ZoneLayout.mod(c.module()), "module example.com/c\n".getBytes(StandardCharsets.UTF_8));
    Result other = check();

    assertThat(other.text)
        .contains("different   example.com/c@v1.0.0  mod  (go.sum:1)")
        .contains("the go.mod inside has the hash h1:")
        .contains(", but go.sum has " + c.goModHash());
    assertThat(other.exitCode).isEqualTo(1);
  }

  @Test
  void whatWasRefusedIsSaidWithItsReason() throws Exception {
    file("go.sum", a.goSum());
    var note = new RefusalNote(Want.ZIP, RejectReason.BAD_ZIP, "two entries", Instant.EPOCH);
    put(ZoneLayout.refusal(a.module(), Want.ZIP), note.toJson());

    JsonNode report = JsonMapper.shared().readTree(check("--json").text);

    assertThat(report.path("allInside").asBoolean(true)).isFalse();
    JsonNode finding = report.path("findings").path(0);
    assertThat(finding.path("module").asString("")).isEqualTo("example.com/A@v1.0.0");
    assertThat(finding.path("kind").asString("")).isEqualTo("refused");
    assertThat(finding.path("reason").asString("")).contains("two entries");
    assertThat(finding.path("where").asString("")).isEqualTo("go.sum:1");
  }

  @Test
  void withoutAGoSumTheGraphIsWalkedFromInside() throws Exception {
    file("go.mod", "module example.com/p\n\ngo 1.20\n\nrequire example.com/A v1.0.0\n");
    publish(a);
    publish(b);

    Result before = check();
    publish(c);
    Result after = check();

    assertThat(before.text).contains("example.com/c@v1.0.0 is not inside.");
    assertThat(before.exitCode).isEqualTo(1);
    assertThat(after.text).contains("all 3 module versions needed inside at");
    assertThat(after.exitCode).isZero();
  }

  @Test
  void whatGoSumSaysNothingOfIsWalkedToo() throws Exception {
    file(
        "go.mod",
        """
        module example.com/p
        go 1.20
        require example.com/A v1.0.0
        require example.com/b v1.1.0
        """);
    file("go.sum", a.goSum());
    publish(a);

    Result result = check();

    assertThat(result.text)
        .contains("note: go.sum knows nothing of 1 requirement, such as example.com/b@v1.1.0")
        .contains("example.com/b@v1.1.0 is not inside.");
    assertThat(result.exitCode).isEqualTo(1);
  }

  @Test
  void whoRequiresAMissingGoModIsSaid() throws Exception {
    file("go.mod", "module example.com/p\n\ngo 1.16\n\nrequire example.com/A v1.0.0\n");
    publish(a);

    Result result = check();

    assertThat(result.text)
        .contains("example.com/b@v1.1.0  mod  (example.com/p → example.com/A@v1.0.0)");
    assertThat(result.exitCode).isEqualTo(1);
  }

  @Test
  void aWorkspaceIsTakenWhole() throws Exception {
    file("go.work", "go 1.20\n\nuse (\n\t./x\n\t./y\n)\n");
    file("x/go.mod", "module example.com/x\n\ngo 1.20\n\nrequire example.com/A v1.0.0\n");
    file("x/go.sum", a.goSum());
    file("y/go.mod", "module example.com/y\n\ngo 1.20\n\nrequire example.com/c v1.0.0\n");
    file("y/go.sum", c.goSum());
    publish(a);

    Result result = check();

    assertThat(result.text)
        .contains("example.com/c@v1.0.0  zip  (y/go.sum:1)")
        .contains("1 of 2 module versions");
  }

  @Test
  void aVendorFolderAloneNamesWhatItWasMadeFrom() throws Exception {
    file("vendor/modules.txt", "# example.com/A v1.0.0\n## explicit; go 1.20\nexample.com/A\n");

    assertThat(check().text).contains("example.com/A@v1.0.0  zip  (vendor/modules.txt)");
    publish(a);
    assertThat(check().exitCode).isZero();
  }

  @Test
  void theToolchainIsLookedForOnRequest() throws Exception {
    file("go.mod", "module example.com/p\n\ngo 1.25.4\n");
    ModuleVersion toolchain =
        new Toolchain(new ToolchainName("go1.25.4"), new Platform("linux", "arm64")).module();

    Result without = check();
    Result with = check("--toolchain", "--platform", "linux/arm64");

    assertThat(without.exitCode).isZero();
    assertThat(with.text).contains(toolchain + " is not inside.");
    assertThat(with.exitCode).isEqualTo(1);
  }

  @Test
  void aGatewayThatIsNotThereSaysNothingAboutTheProject() throws Exception {
    file("go.sum", a.goSum());
    String address = "http://127.0.0.1:" + gateway.port();
    gateway.close();

    Result result = run("check", folder.toString(), "--gateway", address);

    assertThat(result.text).contains("does not say whether example.com/!a/@v/v1.0.0.zip is inside");
    assertThat(result.exitCode).isEqualTo(3);
  }

  @Test
  void whatIsNoProjectOrNoGatewayIsUsage() {
    assertThat(check().exitCode).isEqualTo(2);
    assertThat(run("check", folder.toString(), "--gateway", "ftp://x").exitCode).isEqualTo(2);
    Result password = run("check", folder.toString(), "--gateway", "http://u:secret@x/");
    assertThat(password.text).doesNotContain("secret");
    assertThat(password.exitCode).isEqualTo(2);
  }

  private void file(String name, String text) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(Optional.ofNullable(file.getParent()).orElseThrow());
    Files.writeString(file, text);
  }

  private void publish(SyntheticModule module) throws IOException {
    put(ZoneLayout.zip(module.module()), module.zip());
    publishGoMod(module);
  }

  private void publishGoMod(SyntheticModule module) throws IOException {
    put(ZoneLayout.mod(module.module()), module.mod());
    put(ZoneLayout.info(module.module()), module.info());
  }

  private void put(ObjectKey key, byte[] bytes) throws IOException {
    try (var out = zone.newWriter()) {
      out.write(bytes);
      var _ = out.putIfAbsent(key);
    }
  }

  private Result check(String... more) {
    String[] args = new String[4 + more.length];
    System.arraycopy(
        new String[] {
          "check", folder.toString(), "--gateway", "http://127.0.0.1:" + gateway.port()
        },
        0,
        args,
        0,
        4);
    System.arraycopy(more, 0, args, 4, more.length);
    return run(args);
  }

  private record Result(int exitCode, String text) {}

  private static Result run(String... args) {
    var err = new StringWriter();
    var out = new ByteArrayOutputStream();
    PrintStream before = System.out;
    try {
      System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
      int code = Main.commandLine().setErr(new PrintWriter(err, true)).execute(args);
      return new Result(code, out.toString(StandardCharsets.UTF_8) + err);
    } finally {
      System.setOut(before);
    }
  }
}
