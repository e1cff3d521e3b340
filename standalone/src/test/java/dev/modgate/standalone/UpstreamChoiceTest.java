package dev.modgate.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.modgate.start.StartException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class UpstreamChoiceTest {

  @Test
  void directIsLeftOutAloud() throws StartException {
    var choice = UpstreamChoice.of("https://a.example,direct", "GOPROXY", 8081);

    assertThat(choice.list()).isEqualTo("https://a.example");
    assertThat(choice.notes()).singleElement().asString().contains("\"direct\" of GOPROXY");
  }

  @Test
  void separatorsKeepTheirMeaning() throws StartException {
    var choice = UpstreamChoice.of("https://a.example|https://b.example,off", "GOPROXY", 8081);

    assertThat(choice.list()).isEqualTo("https://a.example|https://b.example");
    assertThat(choice.notes()).isEmpty();
  }

  @Test
  void credentialsAreUsedAndNotShown() throws StartException {
    var choice = UpstreamChoice.of("https://ci:p%40ss@a.example/go", "GOPROXY", 8081);

    assertThat(choice.list()).isEqualTo("https://ci:p%40ss@a.example/go");
    assertThat(choice.shown()).isEqualTo("https://a.example/go");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"http://localhost:8081", "http://127.0.0.1:8081/", "http://[::1]:8081,direct"})
  void ourOwnGatewayIsRefused(String list) {
    assertThatThrownBy(() -> UpstreamChoice.of(list, "GOPROXY", 8081))
        .isInstanceOf(StartException.class)
        .hasMessageContaining("is Modgate's own gateway");
  }

  @ParameterizedTest
  @ValueSource(strings = {"direct", "off"})
  void aListWithoutAProxyIsRefused(String list) {
    assertThatThrownBy(() -> UpstreamChoice.of(list, "GOPROXY", 8081))
        .hasMessageContaining("GOPROXY \"" + list + "\" names no module proxy");
  }

  @Test
  void aMalformedEntryIsNamedWithoutItsPassword() {
    assertThatThrownBy(() -> UpstreamChoice.of("ftp://ci:secret@a.example", "--upstream", 8081))
        .hasMessageContaining("--upstream: ")
        .hasMessageContaining("ftp")
        .hasMessageNotContaining("secret");
  }
}
