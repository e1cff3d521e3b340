package dev.modgate.gomod.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.modgate.gomod.semver.Version;
import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class VersionInfoTest {
  static Stream<Path> good() throws IOException, URISyntaxException {
    return files("info-good");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      textBlock =
          """
          array | .info is no JSON at character 1: want a JSON object
          byte-order-mark | .info is no JSON at character 1: want a JSON object
          comma-at-end | .info is no JSON at character 21: want "\\""
          cut-off | .info is no JSON at character 20: want "}"
          deep | .info is no JSON at character 57: nested more than 32 deep
          empty | .info is no JSON at character 1: want a JSON object
          html-page | .info is an HTML page, want JSON
          latest | .info: version "latest" is not canonical: want vMAJOR.MINOR.PATCH, as in v1.2.3
          leading-zero | .info is no JSON at character 25: want a value
          no-version | .info has no "Version"
          nul-in-string | .info is no JSON at character 28: a string holds a control character
          null-version | .info has no "Version"
          short-version | .info: version "v1.2" is not canonical: want vMAJOR.MINOR.PATCH, as in v1.2.3
          time-is-word | .info: "Time" is "yesterday", want RFC 3339
          time-month-13 | .info: "Time" is "2024-13-01T10:00:00Z", want RFC 3339
          time-with-escape-sequence | .info: "Time" is "\\u001b[2J", want RFC 3339
          time-without-seconds | .info: "Time" is "2024-05-01T10:00Z", want RFC 3339
          two-objects | .info is no JSON at character 22: something follows the object
          unknown-escape | .info is no JSON at character 28: unknown escape in a string
          version-is-number | .info is no JSON at character 12: "version" is no string
          version-twice-in-other-case | .info is no JSON at character 39: "version" stands there twice
          version-with-dots | .info: version "v1.2.3/../../x" is not canonical: want vMAJOR.MINOR.PATCH, as in v1.2.3
          version-with-escape-sequence | .info: version "v1.0.0\\u001b[2J" is not canonical: want vMAJOR.MINOR.PATCH, as in v1.2.3
          """)
  void saysWhatIsWrong(String fault, String sentence) throws IOException {
    try (InputStream in =
        Objects.requireNonNull(
            VersionInfoTest.class.getResourceAsStream("info-bad/" + fault + ".txt"))) {
      byte[] bytes = in.readAllBytes();

      assertThatExceptionOfType(VersionInfoException.class)
          .isThrownBy(() -> VersionInfo.parse(bytes))
          .withMessage(sentence);
    }
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
