package dev.modgate.gomod.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.modgate.gomod.module.ModulePath;
import dev.modgate.gomod.module.ModuleVersion;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProxyPathTest {
  private final ModuleVersion toml = ModuleVersion.parse("github.com/BurntSushi/toml@v1.0.0-RC1");

  @Test
  void writesPathsCaseEncoded() {
    assertThat(ProxyPath.info(toml)).isEqualTo("github.com/!burnt!sushi/toml/@v/v1.0.0-!r!c1.info");
    assertThat(ProxyPath.list(toml.path())).isEqualTo("github.com/!burnt!sushi/toml/@v/list");
    assertThat(ProxyPath.latest(toml.path())).isEqualTo("github.com/!burnt!sushi/toml/@latest");
  }

  @Test
  void readsWhatItWrites() {
    assertThat(ProxyPath.parse(ProxyPath.info(toml))).contains(new ProxyRequest.Info(toml));
    assertThat(ProxyPath.parse(ProxyPath.mod(toml))).contains(new ProxyRequest.Mod(toml));
    assertThat(ProxyPath.parse(ProxyPath.zip(toml))).contains(new ProxyRequest.Zip(toml));
    ModulePath path = toml.path();
    assertThat(ProxyPath.parse(ProxyPath.list(path))).contains(new ProxyRequest.VersionList(path));
    assertThat(ProxyPath.parse(ProxyPath.latest(path))).contains(new ProxyRequest.Latest(path));
    var old = ModuleVersion.parse("github.com/x/y@v2.0.0+incompatible");
    assertThat(ProxyPath.parse(ProxyPath.zip(old))).contains(new ProxyRequest.Zip(old));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "/",
        "@v/list",
        "/@v/list",
        "github.com/x/y",
        "github.com/x/y/@v",
        "github.com/x/y/@v/",
        "github.com/x/y/@v/lists",
        "github.com/x/y/@v/list/",
        "github.com/x/y/@latest/",
        "github.com/x/y/@v/v1.0.0",
        "github.com/x/y/@v/v1.0.0.tar",
        "github.com/x/y/@v/v1.0.0.ziphash",
        "github.com/x/y/@v/.info",
        "github.com/x/y/@v/v1.2.info",
        "github.com/x/y/@v/master.info",
        "github.com/x/y/@v/v1.2.3/../../x.info",
        "github.com/x/y/@v/v1.0.0-RC1.info",
        "github.com/x/y/@v/v1.0.0-!.info",
        "github.com/x/y/@v/v1.0.0-!!r.info",
        "github.com/X/y/@v/list",
        "github.com/!X/y/@v/list",
        "github.com/x!/@v/list",
        "github.com/../y/@v/list",
        "../github.com/x/@v/list",
        "github.com//y/@v/list",
        "/github.com/x/y/@v/list",
        "github.com/x/y/@v/../@v/list",
        "github.com/x\u0000/@v/list",
        "github.com/x/y/@w/list",
      })
  void knowsWhatIsNoProxyPath(String path) {
    assertThat(ProxyPath.parse(path)).isEmpty();
  }
}
