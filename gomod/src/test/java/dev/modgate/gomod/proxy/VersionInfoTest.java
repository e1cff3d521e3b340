package dev.modgate.gomod.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.modgate.gomod.semver.Version;
import java.io.IOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class VersionInfoTest {
  static Stream<Path> bad() throws IOException, URISyntaxException {
    return files("info-bad");
  }

  static Stream<Path> good() throws IOException, URISyntaxException {
    return files("info-good");
  }

  @ParameterizedTest
  @MethodSource
  void bad(Path file) throws IOException {
    byte[] bytes = Files.readAllBytes(file);

    assertThatExceptionOfType(VersionInfoException.class)
        .isThrownBy(() -> VersionInfo.parse(bytes))
        .withMessageStartingWith(".info");
  }

  @ParameterizedTest
  @MethodSource
  void good(Path file) throws Exception {
    assertThat(VersionInfo.parse(Files.readAllBytes(file)).version())
        .isEqualTo(Version.parse("v1.0.0"));
  }

  @Test
  void readsTheTimeInAnyZone() throws Exception {
    assertThat(parse("{\"Version\":\"v1.0.0\",\"Time\":\"2018-02-14T01:54:53+01:00\"}").time())
        .isEqualTo(Optional.of(Instant.parse("2018-02-14T00:54:53Z")));
    assertThat(parse("{\"Version\":\"v1.0.0\"}").time()).isEmpty();
  }

  @Test
  void saysThatAWebPageIsOne() {
    assertThatExceptionOfType(VersionInfoException.class)
        .isThrownBy(() -> parse(" <HTML><body/></HTML>"))
        .withMessage(".info is an HTML page, want JSON");
  }

  @Test
  void saysWhereTheJsonBreaks() {
    assertThatExceptionOfType(VersionInfoException.class)
        .isThrownBy(() -> parse("{\"Version\" \"v1.0.0\"}"))
        .withMessage(".info is no JSON at character 12: want \":\"");
  }

  @Test
  void readsAtMost64Kibibytes() throws Exception {
    String json = "{\"Version\":\"v1.0.0\"}";
    String most = json + " ".repeat(VersionInfo.MAX_BYTES - json.length());

    assertThat(parse(most).version()).hasToString("v1.0.0");
    assertThatExceptionOfType(VersionInfoException.class)
        .isThrownBy(() -> parse(most + " "))
        .withMessage(".info has 65537 bytes, at most 65536 are read");
  }

  private static VersionInfo parse(String json) throws VersionInfoException {
    return VersionInfo.parse(json.getBytes(StandardCharsets.UTF_8));
  }

  private static Stream<Path> files(String folder) throws IOException, URISyntaxException {
    URL url = VersionInfoTest.class.getResource(folder);
    if (url == null) {
      throw new IOException("no test data in " + folder);
    }
    try (Stream<Path> found = Files.list(Path.of(url.toURI()))) {
      return found.sorted().toList().stream();
    }
  }
}
