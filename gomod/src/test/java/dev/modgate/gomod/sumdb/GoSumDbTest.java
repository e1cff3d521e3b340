package dev.modgate.gomod.sumdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.modgate.gomod.note.SigningKey;
import java.net.URI;
import java.security.SecureRandom;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GoSumDbTest {
  private static final String PUBLIC =
      "sum.golang.org+033de0ae+Ac4zctda0e5eza+HJyk9SxEdh+s3Ux18htTTAD8OuAn8";

  @Test
  void knowsTheKeyOfThePublicDatabase() {
    GoSumDb.Database database = database(GoSumDb.DEFAULT);

    assertThat(database.key()).hasToString(PUBLIC);
    assertThat(database.explicitUrl()).isEmpty();
    assertThat(database.directUrl()).isEqualTo(URI.create("https://sum.golang.org"));
    assertThat(database.proxyPath()).isEqualTo("sumdb/sum.golang.org");
    assertThat(database).isEqualTo(database(PUBLIC)).hasToString(PUBLIC);
  }

  @Test
  void knowsTheOtherAddressOfThePublicDatabase() {
    GoSumDb.Database database = database("sum.golang.google.cn");

    assertThat(database.name()).isEqualTo("sum.golang.org");
    assertThat(database.explicitUrl()).contains(URI.create("https://sum.golang.google.cn"));
  }

  @Test
  void takesAUrlBehindNameOrKey() {
    assertThat(database("sum.golang.org  https://mirror.example.com/sumdb/").directUrl())
        .isEqualTo(URI.create("https://mirror.example.com/sumdb"));
    GoSumDb.Database own = database(key("example.com/sums") + " http://127.0.0.1:8081");

    assertThat(own.name()).isEqualTo("example.com/sums");
    assertThat(own.proxyPath()).isEqualTo("sumdb/example.com/sums");
    assertThat(GoSumDb.parse(own.toString())).isEqualTo(own);
  }

  @Test
  void whoReachesAProxyAloneNeedsTheKeyOfAnotherDatabase() {
    assertThat(GoSumDb.parse("sum.golang.org https://mirror.example.com").inside()).isEmpty();
    assertThat(GoSumDb.parse(PUBLIC).inside()).isEmpty();
    String own = key("sum.example.com");
    assertThat(GoSumDb.parse(own + " http://127.0.0.1:1").inside()).isEqualTo(own);
    assertThat(GoSumDb.parse("off").inside()).isEqualTo("off");
  }

  @Test
  void isOffOnlyWhenItSaysSo() {
    assertThat(GoSumDb.parse(" off ")).isEqualTo(new GoSumDb.Off()).hasToString("off");
    assertThatIllegalArgumentException().isThrownBy(() -> GoSumDb.parse("OFF"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      ignoreLeadingAndTrailingWhitespace = true,
      textBlock =
          """
          sum.example.com | GOSUMDB "sum.example.com" is no database whose key is known, want name+hash+key
          sum.golang.org a b | GOSUMDB "sum.golang.org a b" has more than two fields, want a database and its URL
          sum.golang.org+033de0af+Ac4zctda0e5eza+HJyk9SxEdh+s3Ux18htTTAD8OuAn8 | GOSUMDB: verifier key "sum.golang.org+033de0af+Ac4zctda0e5eza+HJyk9SxEdh+s3Ux18htTTAD8OuAn8" says hash 033de0af but its key has 033de0ae
          sum.golang.org ftp://example.com | GOSUMDB has the URL "ftp://example.com", want http or https, a host, no query and no fragment
          sum.golang.org example.com | GOSUMDB has the URL "example.com", want http or https, a host, no query and no fragment
          sum.golang.org https://example.com?a=b | GOSUMDB has the URL "https://example.com?a=b", want http or https, a host, no query and no fragment
          sum.golang.org https://user:secret@example.com | GOSUMDB has a URL with credentials
          sum.golang.org https://[ | GOSUMDB has a URL that is none: Expected closing bracket for IPv6 address
          """)
  void saysWhatIsWrong(String value, String sentence) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> GoSumDb.parse(value))
        .withMessage(sentence);
  }

  @ParameterizedTest
  @ValueSource(strings = {"%s", "%s https://example.com", "sum.golang.org %s", "a b %s"})
  void aSigningKeyInItsPlaceIsNotShown(String value) {
    String secret = SigningKey.generate("sum.example.com", new SecureRandom()).secretText();

    assertThatIllegalArgumentException()
        .isThrownBy(() -> GoSumDb.parse(String.format(Locale.ROOT, value, secret)))
        .withMessage("GOSUMDB has a signing key, want its public half, name+hash+key");
  }

  @Test
  void saysThatItIsEmpty() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> GoSumDb.parse(" "))
        .withMessage("GOSUMDB is empty, want a database or off");
  }

  @ParameterizedTest
  @CsvSource({"example.com/", "/example.com", "example.com/../x", "example.com?x", "a@example.com"})
  void refusesNamesThatAreNoPlaceBelowAProxy(String name) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> GoSumDb.parse(key(name)))
        .withMessageEndingWith(", want host or host/path");
  }

  private static String key(String name) {
    return SigningKey.generate(name, new SecureRandom()).verifierKey().toString();
  }

  private static GoSumDb.Database database(String value) {
    return (GoSumDb.Database) GoSumDb.parse(value);
  }
}
