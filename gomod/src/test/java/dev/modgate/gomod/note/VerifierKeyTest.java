package dev.modgate.gomod.note;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VerifierKeyTest {
  private static final String PETER =
      "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW";
  private static final String PUBLIC =
      "sum.golang.org+033de0ae+Ac4zctda0e5eza+HJyk9SxEdh+s3Ux18htTTAD8OuAn8";

  @Test
  void readsTheKeyOfThePublicDatabase() {
    VerifierKey key = VerifierKey.parse(PUBLIC);

    assertThat(key.name()).isEqualTo("sum.golang.org");
    assertThat(key.keyHash()).isEqualTo(0x033de0ae);
    assertThat(key.id()).isEqualTo("sum.golang.org+033de0ae");
    assertThat(key).hasToString(PUBLIC).isEqualTo(VerifierKey.parse(PUBLIC));
  }

  @Test
  void refusesEveryPartOfAKeyAndEveryChangeOfACharacter() {
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
    assertThatIllegalArgumentException().as(text).isThrownBy(() -> VerifierKey.parse(text));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      textBlock =
          """
          sum.golang.org | verifier key "sum.golang.org" is not of the form name+hash+key
          +033de0ae+Ac4z | verifier key "+033de0ae+Ac4z" has a name that is empty
          a b+033de0ae+Ac4z | verifier key "a b+033de0ae+Ac4z" has a name that has a space
          a+33de0ae+Ac4z | verifier key "a+33de0ae+Ac4z" has a hash that is not 8 hexadecimal digits
          a+033de0ae+Ac4 | verifier key "a+033de0ae+Ac4" has a key that is not base64
          a+033de0ae+ | verifier key "a+033de0ae+" has a key that is not base64
          PeterNeumann+173116ae+ZRpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW | verifier key "PeterNeumann+173116ae+ZRpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW" is of type 101, only 1 (Ed25519) is known
          PeterNeumann+c74f20a4+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW | verifier key "PeterNeumann+c74f20a4+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW" says hash c74f20a4 but its key has c74f20a3
          """)
  void saysWhatIsWrongWithAKey(String text, String sentence) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> VerifierKey.parse(text))
        .withMessage(sentence);
  }

  @Test
  void aSigningKeyInItsPlaceIsNotShown() {
    String secret = SigningKey.generate("verifier", new SecureRandom()).secretText();

    for (String text : List.of(secret, " " + secret, secret.substring(0, secret.length() - 4))) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> VerifierKey.parse(text))
          .withMessage("verifier key is a signing key, want its public half, name+hash+key");
    }
  }

  @Test
  void refusesAKeyOfAnotherLength() {
    String longer = "PeterNeumann+cc469956+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TWBADKEY==";

    refuses(longer);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> VerifierKey.parse("a+033de0ae+" + base64(new byte[] {1, 2, 3})))
        .withMessageEndingWith("holds 2 bytes, an Ed25519 key has 32");
  }

  @Test
  void refusesBytesThatAreNoPointOfTheCurve() {
    byte[] raw = new byte[32];
    raw[0] = 2; // y = 2 has no x
    String text = KeyText.format("a", KeyText.hash("a", raw), raw);

    assertThatIllegalArgumentException()
        .isThrownBy(() -> VerifierKey.parse(text))
        .withMessageEndingWith("holds no point of the curve");
  }

  @Test
  void acceptsNoSignatureOfAnotherMessageOrLength() {
    SigningKey signer =
        SigningKey.parse(
            "PRIVATE+KEY+PeterNeumann+c74f20a3+AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz");
    VerifierKey key = VerifierKey.parse(PETER);
    byte[] message = "hi".getBytes(StandardCharsets.UTF_8);
    byte[] signature = signer.sign(message);

    assertThat(key.verify(message, signature)).isTrue();
    assertThat(key.verify("ho".getBytes(StandardCharsets.UTF_8), signature)).isFalse();
    for (int i = 0; i < signature.length; i++) {
      byte[] wrong = signature.clone();
      wrong[i] ^= 1;
      assertThat(key.verify(message, wrong)).as("byte " + i).isFalse();
    }
    assertThat(key.verify(message, new byte[0])).isFalse();
    assertThat(key.verify(message, new byte[65])).isFalse();
  }

  private static String base64(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }
}
