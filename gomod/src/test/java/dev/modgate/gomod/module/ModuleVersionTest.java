package dev.modgate.gomod.module;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ModuleVersionTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "github.com/BurntSushi/toml@v1.4.0",
        "example.com/m/v2@v2.0.0",
        "example.com/m@v2.0.0+incompatible",
        "gopkg.in/yaml.v3@v3.0.1",
        "gopkg.in/check.v1@v0.0.0-20161208181325-20d25e280405",
        "golang.org/x/xerrors@v0.0.0-20240903120638-7835f813f4da",
        "golang.org/toolchain@v0.0.1-go1.25.4.linux-amd64",
        "git.sr.ht/~sbinet/gg@v0.5.0"
      })
  void whatGoDownloadsIsTaken(String text) {
    assertThat(ModuleVersion.parse(text)).hasToString(text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "example.com/m",
        "nodot/m@v1.0.0",
        "../x@v1.0.0",
        "example.com/../x@v1.0.0",
        "example.com//m@v1.0.0",
        "/example.com/m@v1.0.0",
        "example.com/m/@v1.0.0",
        "Example.com/m@v1.0.0",
        "example.com/!m@v1.0.0",
        "example.com/con@v1.0.0",
        "example.com/m.@v1.0.0",
        "example.com/m/v1@v1.0.0",
        "example.com/m/v2@v1.0.0",
        "example.com/m/v2@v2.0.0+incompatible",
        "example.com/m@v2.0.0",
        "gopkg.in/yaml@v1.0.0",
        "gopkg.in/yaml.v3@v2.0.0",
        "example.com/m@latest",
        "example.com/m@v1.2",
        "example.com/m@1.2.3",
        "example.com/m@v01.2.3",
        "example.com/m@v1.2.3-01",
        "example.com/m@v1.2.3+build",
        "example.com/m@v1.2.3/../../x",
        "example.com/m\0@v1.0.0",
        ""
      })
  void whatGoWouldNotDownloadIsRefused(String text) {
    assertThatThrownBy(() -> ModuleVersion.parse(text))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @CsvSource({
    "github.com/BurntSushi/toml, github.com/!burnt!sushi/toml",
    "github.com/Azure/azure-sdk-for-go, github.com/!azure/azure-sdk-for-go",
    "golang.org/x/text, golang.org/x/text"
  })
  void caseEncodingGoesBothWays(String path, String escaped) {
    assertThat(new ModulePath(path).escaped()).isEqualTo(escaped);
    assertThat(ModulePath.unescape(escaped)).isEqualTo(new ModulePath(path));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "github.com/BurntSushi/toml",
        "github.com/!Burnt",
        "github.com/burnt!",
        "github.com/!1"
      })
  void whatIsNotCaseEncodedIsRefused(String escaped) {
    assertThatThrownBy(() -> ModulePath.unescape(escaped))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
