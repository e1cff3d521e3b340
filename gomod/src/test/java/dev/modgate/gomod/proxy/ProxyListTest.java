package dev.modgate.gomod.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.modgate.gomod.module.ModuleVersion;
import dev.modgate.gomod.proxy.ProxyList.Next;
import dev.modgate.gomod.proxy.ProxyList.Upstream;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProxyListTest {
  @Test
  void readsSeparatorsAndEnds() {
    var entries = ProxyList.parse("https://a.example,https://b.example/x/|file:///c,direct");

    assertThat(entries).hasSize(4);
    assertThat(entries)
        .extracting(Object::toString)
        .startsWith("https://a.example", "https://b.example/x", "file:///c");
    assertThat(entries.subList(0, 3).stream().map(e -> ((Upstream) e).next()))
        .containsExactly(Next.IF_ABSENT, Next.IF_FAILED, Next.IF_ABSENT);
    assertThat(entries.getLast()).isEqualTo(new ProxyList.Direct());
  }

  @Test
  void dropsWhatStandsBehindTheEnd() {
    assertThat(ProxyList.parse("off,https://a.example")).isEqualTo(List.of(new ProxyList.Off()));
    assertThat(ProxyList.parse("direct|https://a.example"))
        .isEqualTo(List.of(new ProxyList.Direct()));
  }

  @Test
  void ignoresBlanksAndEmptyEntries() {
    assertThat(ProxyList.parse(" , https://a.example ,,| off ")).hasSize(2);
  }

  @Test
  void takesABareHostForHttps() {
    assertThat(ProxyList.parse("proxy.golang.org").getFirst())
        .hasToString("https://proxy.golang.org");
  }

  @Test
  void keepsCredentialsAndHidesThem() {
    var upstream = (Upstream) ProxyList.parse("https://ann:p%40ss+1@a.example:8443/go").getFirst();

    assertThat(upstream.credentialsIfAny()).contains(new ProxyList.Credentials("ann", "p@ss+1"));
    assertThat(upstream.uri()).hasToString("https://a.example:8443/go");
    assertThat(upstream + " " + upstream.credentials() + " " + List.of(upstream))
        .doesNotContain("ann", "ss+1");
  }

  @Test
  void asksForFilesAsTheGoCommandWritesThem() {
    var upstream = (Upstream) ProxyList.parse("https://a.example/go/").getFirst();
    var module = ModuleVersion.parse("github.com/BurntSushi/toml@v1.0.0-RC1");

    assertThat(upstream.resolve(ProxyPath.zip(module)))
        .hasToString(
            "https://a.example/go/github.com/%21burnt%21sushi/toml/@v/v1.0.0-%21r%21c1.zip");
  }

  @ParameterizedTest
  @CsvSource({
    "'', has no entry",
    "',|', has no entry",
    "none, '\"none\" is neither a URL nor direct or off'",
    "ftp://a.example, 'is of scheme \"ftp\"'",
    "https://, is no URL",
    "https:///x, has no host",
    "https://a.example?x=1, has a query",
    "https://a.example#x, has a query or a fragment",
    "file://host/x, is no file URL of this machine",
    "/folder, is neither a URL",
    "https://a b.example, is no URL",
    "'https://ann:s3cret@a.example?x', '\"https://a.example?x\" has a query'",
    "'https://ann:s3/cret@a b', is no URL",
    "'https://ann:12/s3cret@a.example', '\"https://a.example\" has an \"@\" in its path'",
    "'ann/s3cret@a.example', '\"a.example\" has an \"@\" in its path'",
    "'https://ann:s3cret,x@a.example', has no host",
    "'https://ann:s3\ncret@a.example', is no URL",
    "'https://ann:s3cret@a\u001b[2J', '\"https://a\\u001b[2J\" is no URL'",
  })
  void namesTheBadEntryWithoutItsCredentials(String list, String sentence) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ProxyList.parse(list))
        .withMessageStartingWith("GOPROXY ")
        .withMessageContaining(sentence)
        .satisfies(e -> assertThat(e.getMessage()).doesNotContain("s3"));
  }
}
