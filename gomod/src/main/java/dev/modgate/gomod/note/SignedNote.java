package dev.modgate.gomod.note;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// A text and who has signed it.
///
/// @param text ends in a line feed
/// @param verified signatures of keys that were known when the note was opened, or that signed it
///   here
/// @param unverified signatures of other keys
public record SignedNote(
    String text, List<NoteSignature> verified, List<NoteSignature> unverified) {
  public static final int MAX_SIGNATURES = 100;

  /// A tree head takes 200 bytes; this is for notes whose text says more.
  public static final int MAX_BYTES = 1 << 20;

  /// @throws IllegalArgumentException when there can't be such a note
  public SignedNote {
    String fault = NoteText.fault(text);
    if (fault != null) {
      throw new IllegalArgumentException("text of a note " + fault);
    }
    if (!text.endsWith("\n")) {
      throw new IllegalArgumentException("text of a note does not end in a line feed");
    }
    if (verified.size() + unverified.size() > MAX_SIGNATURES) {
      throw new IllegalArgumentException("note has more than " + MAX_SIGNATURES + " signatures");
    }
    verified = List.copyOf(verified);
    unverified = List.copyOf(unverified);
  }

  /// @throws NoteException when the bytes are no note that one of these keys has signed
  public static SignedNote open(byte[] message, List<VerifierKey> known) throws NoteException {
    return NoteReader.open(NoteText.decode(message), known);
  }

  /// @throws NoteException when the text is no note that one of these keys has signed
  public static SignedNote open(String message, List<VerifierKey> known) throws NoteException {
    return NoteReader.open(message, known);
  }

  /// @param text ends in a line feed
  public static SignedNote unsigned(String text) {
    return new SignedNote(text, List.of(), List.of());
  }

  /// Signed by this key too, behind the others. A signature that it had of this key is replaced.
  public SignedNote signedBy(SigningKey key) {
    var signatures = new ArrayList<>(without(key.verifierKey(), verified));
    signatures.add(NoteSignature.of(key, text.getBytes(StandardCharsets.UTF_8)));
    return new SignedNote(text, signatures, without(key.verifierKey(), unverified));
  }

  private static List<NoteSignature> without(VerifierKey key, List<NoteSignature> signatures) {
    return signatures.stream().filter(s -> !s.isOf(key)).toList();
  }

  /// The note as it is sent and stored, verified signatures first.
  @Override
  public String toString() {
    return Stream.concat(verified.stream(), unverified.stream())
        .map(s -> s + "\n")
        .collect(Collectors.joining("", text + "\n", ""));
  }
}
