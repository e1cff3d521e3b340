package dev.modgate.story;

import static org.assertj.core.api.Assertions.assertThat;

import dev.modgate.testsupport.FakeSumDb;
import dev.modgate.testsupport.SyntheticModule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The real `go` command proves modules for itself, by the checksum database inside and nothing
/// else.
final class DatabaseInsideTest {
  private static final String NAME = "sum.example.com";
  private static final SyntheticModule LEFT = SyntheticModule.of("example.com/left@v1.2.3");
  private static final SyntheticModule RIGHT = SyntheticModule.of("example.com/right@v1.0.0");
  private static final SyntheticModule THIRD = SyntheticModule.of("example.com/third@v1.0.0");

  @TempDir Path folder;
  private final FakeSumDb database = FakeSumDb.named(NAME).fillTo(250);
  private InnerZone zone;

  @BeforeEach
  void firstEpoch() throws Exception {
    zone = new InnerZone(folder, database);
    zone.publish(LEFT);
  }

  @AfterEach
  void stop() {
    zone.close();
  }

  @Test
  void aFreshGopathProvesEveryKindOfVersion() throws Exception {
    var upper = SyntheticModule.of("example.com/Upper/CASE@v1.0.0-RC.1");
    var pseudo = SyntheticModule.of("example.com/pseudo@v0.0.0-20240501100000-abcdefabcdef");
    var incompatible =
        SyntheticModule.of("example.com/old@v2.0.0+incompatible").withoutFile("go.mod");
    zone.publish(upper);
    zone.publish(pseudo);
    zone.publish(incompatible);

    var result = go("fresh").download(LEFT, upper, pseudo, incompatible);

    assertThat(result.output()).isEmpty();
    assertThat(result.exitCode()).isZero();
    assertThat(go("files", zone.files()).download(LEFT, upper, pseudo, incompatible).exitCode())
        .isZero();
  }

  @Test
  void aLaterEpochMovesTheRememberedHeadForward() throws Exception {
    InnerGo go = go("developer");
    assertThat(go.download(LEFT).exitCode()).isZero();
    String first = Files.readString(go.remembered(NAME));
    database.fillTo(700);
    zone.publish(RIGHT);

    assertThat(go.download(RIGHT).exitCode()).isZero();

    assertThat(Files.readString(go.remembered(NAME)))
        .isEqualTo(database.head(701))
        .isNotEqualTo(first);
    assertThat(go.wipeModuleCache().download(LEFT, RIGHT).exitCode()).isZero();
  }

  @Test
  void whoRemembersAnEarlierEpochAndLostItsTilesIsServedToo() throws Exception {
    InnerGo go = go("developer");
    assertThat(go.download(LEFT).exitCode()).isZero();
    database.fillTo(300);
    zone.publish(RIGHT);
    database.fillTo(700); // the level above stays partial, at another width
    zone.publish(THIRD);

    assertThat(go.wipeModuleCache().download(LEFT).exitCode()).isZero();
    assertThat(go.wipeModuleCache().download(RIGHT).exitCode()).isZero();
    assertThat(go.wipeModuleCache().download(THIRD).exitCode()).isZero();
    assertThat(go.wipeModuleCache().download(RIGHT, LEFT, THIRD).exitCode()).isZero();
  }

  @Test
  void aReplicaWhoseLookupsLagBehindDisturbsNobody() throws Exception {
    zone.publish(RIGHT);
    Path replica = folder.resolve("replica");
    copy(folder.resolve("inner"), replica);
    database.fillTo(700);
    zone.publish(THIRD);
    InnerGo go = go("developer");
    assertThat(go.download(THIRD).exitCode()).isZero(); // remembers the newer head
    copy(zone.file("tile"), replica.resolve("sumdb").resolve(NAME).resolve("tile"));

    go.with("GOPROXY", replica.toUri().toString()).wipeModuleCache();

    assertThat(go.download(LEFT, RIGHT).exitCode()).isZero(); // their lookups have older heads
    assertThat(Files.readString(go.remembered(NAME))).isEqualTo(database.head(701));
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Path copy = to.resolve(from.relativize(file).toString());
        Files.createDirectories(copy.getParent());
        Files.copy(file, copy, StandardCopyOption.REPLACE_EXISTING);
      }
    }
  }

  @Test
  void aGopathOfTheOpenNetworkIsToldTheRemedy() throws Exception {
    database.fillTo(500);
    InnerGo go = go("developer");
    Files.createDirectories(go.remembered(NAME).getParent());
    Files.writeString(go.remembered(NAME), database.head(480));

    var refused = go.download(LEFT);

    assertThat(refused.exitCode()).isNotZero();
    assertThat(refused.output()).contains("rm -r \"$(go env GOPATH)/pkg/sumdb/" + NAME + "\"");
    assertThat(go.forgetDatabase(NAME).download(LEFT).exitCode()).isZero();
  }

  @Test
  void aChangedFileOfTheDatabaseIsRefused() throws Exception {
    zone.publish(RIGHT);
    Path lookup = zone.lookup(LEFT);
    String record = Files.readString(lookup);

    Files.writeString(lookup, record.replace(LEFT.zipHash().value(), RIGHT.zipHash().value()));
    refused("record", "cannot authenticate record data in server response");

    Files.writeString(lookup, record.replaceAll("(?m)^(\\S{43}=)$", "A".repeat(43) + "="));
    refused("root", "invalid signature for key");

    Files.writeString(lookup, record.substring(0, 20));
    refused("cut", "403 Forbidden");

    Files.writeString(lookup, record);
    InnerZone.change(zone.file("tile/8/0/000.p/251"), 250 * 32);
    refused("tile", "downloaded inconsistent tile");
  }

  @Test
  void aChangedModuleIsASecurityError() throws Exception {
    var changed = LEFT.withFile("lib.go", "package lib // changed\n");
    Path zip = folder.resolve("inner/example.com/left/@v/v1.2.3.zip");
    Files.delete(zip);
    Files.write(zip, changed.zip());

    refused("zip", "SECURITY ERROR");
  }

  @Test
  void theRecordOfAnotherModuleIsNeverServed() throws Exception {
    zone.publish(RIGHT);
    Files.writeString(zone.lookup(LEFT), Files.readString(zone.lookup(RIGHT)));

    refused(
        "other",
        "sumdb/sum.example.com/lookup/example.com/left@v1.2.3\" of the zone store was changed");
  }

  @Test
  void aPrivateModuleIsRefusedWithTheSettingThatHelps() throws Exception {
    var secret = SyntheticModule.of("git.corp.example/secret@v1.0.0");
    zone.publishUnproven(secret);

    var refused = go("developer").download(secret);

    assertThat(refused.exitCode()).isNotZero();
    assertThat(refused.output()).contains("go env -w GONOSUMDB=git.corp.example/secret");
    assertThat(
            go("developer")
                .with("GONOSUMDB", "git.corp.example/secret")
                .download(secret)
                .exitCode())
        .isZero();
  }

  @Test
  void whatIsNotInsideIsAbsentWithTheCommandThatAsksForIt() throws Exception {
    var absent = go("developer").download(THIRD);

    assertThat(absent.exitCode()).isNotZero();
    assertThat(absent.output()).contains("404 Not Found", "modgate sync example.com/third@v1.0.0");
  }

  private void refused(String gopath, String why) throws Exception {
    var result = go(gopath).download(LEFT);

    assertThat(result.exitCode()).as(gopath).isNotZero();
    assertThat(result.output()).contains(why);
  }

  private InnerGo go(String home) throws Exception {
    return go(home, zone.goproxy());
  }

  private InnerGo go(String home, String goproxy) throws Exception {
    return new InnerGo(folder.resolve(home), goproxy, database.key().toString());
  }
}
