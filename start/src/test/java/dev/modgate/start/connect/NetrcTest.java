package dev.modgate.start.connect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.modgate.gomod.proxy.ProxyList.Credentials;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NetrcTest {
  private static final String FILE =
      """
      # machine a.example login nobody password nothing
      machine other.example
        login bob
        password no
      machine A.example login ann
        account x
        password s3cret#1
      machine a.example login second password no
      macdef init
        machine m.example login x password y

      machine b.example login ben
      default login all password open
      machine c.example login cy password late
      """;

  @Test
  void theFirstOfAMachineCounts() {
    assertThat(Netrc.find(FILE, "a.example")).contains(new Credentials("ann", "s3cret#1"));
    assertThat(Netrc.find(FILE, "other.example")).contains(new Credentials("bob", "no"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"b.example", "c.example", "m.example", "nobody.example", "x.a.example"})
  void nothingIsMadeUp(String host) {
    assertThat(Netrc.find(FILE, host)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "machine", "machine a.example login", "login x password y"})
  void aFileThatBreaksOffHasNothing(String text) {
    assertThat(Netrc.find(text, "a.example")).isEmpty();
  }
}
