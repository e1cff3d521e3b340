package dev.modgate.gomod.note;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import org.junit.jupiter.api.Test;

class SigningKeyTest {
  private static final String PETER =
      "PRIVATE+KEY+PeterNeumann+c74f20a3+AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz";

  @Test
  void knowsItsPublicHalf() {
    SigningKey key = SigningKey.parse(PETER);

    assertThat(key.verifierKey())
        .hasToString("PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW");
    assertThat(key.secretText()).isEqualTo(PETER);
  }

  @Test
  void refusesEveryPartOfAKeyAndEveryChangeOfACharacterWithoutShowingIt() {
    for (int i = 0; i <= PETER.length(); i++) {
      for (int j = i + 1; j <= PETER.length(); j++) {
        if (j - i < PETER.length()) {
          refuses(PETER.substring(i, j));
        }
      }
    }
    for (int i = 0; i < PETER.length(); i++) {
      refuses(PETER.substring(0, i) + (char) (PETER.charAt(i) + 1) + PETER.substring(i + 1));
    }
  }

  private static void refuses(String text) {
    assertThatIllegalArgumentException()
        .as(text)
        .isThrownBy(() -> SigningKey.parse(text))
        .withMessageStartingWith("signing key ")
        .withMessageNotContaining("VFGyNhPJEMzD1QIDr");
  }

  @Test
  void generatesKeysThatSign() {
    SigningKey key = SigningKey.generate("EnochRoot", new SecureRandom());
    byte[] message = "hi".getBytes(StandardCharsets.UTF_8);

    SigningKey again = SigningKey.parse(key.secretText());

    assertThat(again.verifierKey()).isEqualTo(key.verifierKey());
    assertThat(key.verifierKey().verify(message, again.sign(message))).isTrue();
    assertThat(VerifierKey.parse(key.verifierKey().toString())).isEqualTo(key.verifierKey());
  }

  @Test
  void generatesNoKeyOfANameThatNotesCannotHave() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SigningKey.generate("a+b", new SecureRandom()))
        .withMessage("key name \"a+b\" has a plus sign");
  }

  @Test
  void hidesItsSecretWhenItIsPrinted() {
    assertThat(SigningKey.parse(PETER)).hasToString("PRIVATE+KEY+PeterNeumann+c74f20a3+(secret)");
  }
}
