package dev.modgate.gomod.note;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SignedNoteTest {
  private static final VerifierKey PETER =
      VerifierKey.parse("PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW");
  private static final VerifierKey ENOCH =
      VerifierKey.parse("EnochRoot+af0cfe78+ATtqJ7zOtqQtYqOo0CpvDXNlMhV3HeJDpjrASKGLWdop");
  private static final SigningKey PETERS =
      SigningKey.parse(
          "PRIVATE+KEY+PeterNeumann+c74f20a3+AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz");
  private static final String TEXT =
      """
      If you think cryptography is the answer to your problem,
      then you don't know what your problem is.
      """;

  @Test
  void opensWhatAKnownKeySignedAndKeepsTheOthersSignature() throws Exception {
    SignedNote note = SignedNote.open(data("peter-and-enoch.txt"), List.of(PETER));

    assertThat(note.text()).isEqualTo(TEXT);
    assertThat(note.verified()).extracting(NoteSignature::keyId).containsExactly(PETER.id());
    assertThat(note.unverified()).extracting(NoteSignature::keyId).containsExactly(ENOCH.id());
    assertThat(note.toString().getBytes(StandardCharsets.UTF_8))
        .isEqualTo(data("peter-and-enoch.txt"));
  }

  @Test
  void verifiesEachSignatureOfAKnownKey() throws Exception {
    SignedNote note = SignedNote.open(data("peter-and-enoch.txt"), List.of(ENOCH, PETER));

    assertThat(note.verified()).hasSize(2);
    assertThat(note.unverified()).isEmpty();
  }

  @Test
  void ignoresSignaturesThatStandThereTwice() throws Exception {
    SignedNote note = SignedNote.open(data("repeated.txt"), List.of(PETER));

    assertThat(note.verified()).hasSize(1);
    assertThat(note.unverified()).hasSize(2); // two different ones of one unknown key
  }

  @Test
  void refusesANoteThatNoKnownKeySigned() throws Exception {
    NoteException e = refusal(data("peter-and-enoch.txt"), List.of());
    NoteException other = refusal(data("peter.txt"), List.of(ENOCH));

    assertThat(e.kind()).isEqualTo(NoteException.Kind.NO_KNOWN_SIGNATURE);
    assertThat(other.kind()).isEqualTo(NoteException.Kind.NO_KNOWN_SIGNATURE);
    assertThat(other)
        .hasMessage("note is signed by \"PeterNeumann+c74f20a3\", want EnochRoot+af0cfe78");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "signature-of-another-length",
        "text-changed",
        "right-one-of-enoch-beside",
        "line-added-below-text"
      })
  void refusesAWrongSignatureOfAKnownKey(String fault) throws Exception {
    NoteException e = refusal(data("wrong/" + fault + ".txt"), List.of(PETER, ENOCH));

    assertThat(e.kind()).isEqualTo(NoteException.Kind.WRONG_SIGNATURE);
    assertThat(e).hasMessageContaining(PETER.id());
  }

  @Test
  void refusesASignatureThatTwoKnownKeysCouldHaveMade() throws Exception {
    NoteException e = refusal(data("peter.txt"), List.of(PETER, ENOCH, PETER));

    assertThat(e.kind()).isEqualTo(NoteException.Kind.AMBIGUOUS_KEY);
    assertThat(SignedNote.open(data("peter.txt"), List.of(ENOCH, PETER, ENOCH)).verified())
        .hasSize(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      textBlock =
          """
          carriage-return | note has the control character 13
          control-character | note has the control character 1
          empty | note has no empty line before its signatures
          escape-sequence-in-name | note has the control character 27
          hyphen-for-dash | no signature
          key-hash-alone | note is broken: signature of "PeterNeumann" is not the base64 of a key hash and a signature
          line-that-is-no-signature | note is broken: line "Unexpected line." is no signature
          loose-last-bits | note is broken: signature of "PeterNeumann" is not the base64 of a key hash and a signature
          name-empty | note is broken: signature has the name "", which is empty
          name-with-no-break-space | note is broken: signature has the name "Peter\\u00a0Neumann", which has a space
          name-with-plus | note is broken: signature has the name "a+b", which has a plus sign
          name-with-space | note is broken: signature of "Bad" is not the base64 of a key hash and a signature
          no-base64 | note is broken: signature of "PeterNeumann" is not the base64 of a key hash and a signature
          no-last-line-feed | note does not end in a signature and a line feed
          no-padding | note is broken: signature of "PeterNeumann" is not the base64 of a key hash and a signature
          no-signature | note does not end in a signature and a line feed
          no-signature-block | note has no empty line before its signatures
          not-utf-8 | note is not UTF-8
          """)
  void refusesWhatIsNoNote(String fault, String sentence) throws Exception {
    NoteException e = refusal(data("bad/" + fault + ".txt"), List.of(PETER));

    assertThat(e.kind()).isEqualTo(NoteException.Kind.MALFORMED);
    assertThat(e.sentence()).contains(sentence);
  }

  @Test
  void refusesMoreThan100SignaturesAndMoreThanAMebibyte() {
    String signed = SignedNote.unsigned(TEXT).signedBy(PETERS).toString();
    String signature = signed.substring(TEXT.length() + 1);

    assertThat(refusal(bytes(TEXT + "\n" + signature.repeat(101)), List.of(PETER)))
        .hasMessage("note has more than 100 signatures");
    assertThat(refusal(bytes(TEXT + "\n" + signature.repeat(101)), List.of()).kind())
        .isEqualTo(NoteException.Kind.MALFORMED);
    assertThat(refusal(bytes("a\n".repeat(1 << 20) + "\n" + signature), List.of(PETER)))
        .hasMessage("note is longer than 1048576 bytes");
  }

  @Test
  void signsAsTheReferenceDoes() throws Exception {
    SignedNote note = SignedNote.unsigned(TEXT).signedBy(PETERS);

    assertThat(bytes(note.toString())).isEqualTo(data("peter.txt"));
    assertThat(note.signedBy(PETERS)).isEqualTo(note);
  }

  @Test
  void addsASignatureAndReplacesTheOneOfTheSameKey() throws Exception {
    SigningKey mine = SigningKey.generate("example.com/mine", new SecureRandom());
    SignedNote opened = SignedNote.open(data("peter-and-enoch.txt"), List.of(ENOCH));

    String twice = opened.signedBy(mine).signedBy(PETERS).signedBy(mine).toString();

    SignedNote note = SignedNote.open(twice, List.of(PETER, mine.verifierKey(), ENOCH));
    assertThat(note.verified())
        .extracting(NoteSignature::keyId)
        .containsExactly(ENOCH.id(), PETER.id(), mine.verifierKey().id());
  }

  @Test
  void makesNoNoteThatItWouldNotOpen() {
    assertThatIllegalArgumentException().isThrownBy(() -> SignedNote.unsigned("abc"));
    assertThatIllegalArgumentException().isThrownBy(() -> SignedNote.unsigned("a\tb\n"));
    assertThatIllegalArgumentException().isThrownBy(() -> SignedNote.unsigned("\ud800\n"));
    assertThatIllegalArgumentException().isThrownBy(() -> new NoteSignature("a+b", "ABCDEFGH"));
    assertThatIllegalArgumentException().isThrownBy(() -> new NoteSignature("a", "ABCD"));
  }

  private static NoteException refusal(byte[] message, List<VerifierKey> known) {
    return Objects.requireNonNull(
        catchThrowableOfType(NoteException.class, () -> SignedNote.open(message, known)));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] data(String file) throws IOException {
    try (InputStream in = Objects.requireNonNull(SignedNoteTest.class.getResourceAsStream(file))) {
      return in.readAllBytes();
    }
  }
}
