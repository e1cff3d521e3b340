package dev.modgate.gomod.note;

import dev.modgate.gomod.quote.Quoted;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/// Opens one note; used once.
final class NoteReader {
  private final String text;
  private final byte[] signed;
  private final List<VerifierKey> known;
  private final List<NoteSignature> verified = new ArrayList<>();
  private final List<NoteSignature> unverified = new ArrayList<>();
  private final Set<VerifierKey> seen = new HashSet<>();

  private NoteReader(String text, List<VerifierKey> known) {
    this.text = text;
    this.signed = text.getBytes(StandardCharsets.UTF_8);
    this.known = known;
  }

  static SignedNote open(String message, List<VerifierKey> known) throws NoteException {
    NoteText.check(message);
    int split = message.lastIndexOf("\n\n");
    if (split < 0) {
      throw NoteText.malformed("has no empty line before its signatures");
    }
    var reader = new NoteReader(message.substring(0, split + 1), known);
    reader.readSignatures(message.substring(split + 2));
    return reader.result();
  }

  private void readSignatures(String block) throws NoteException {
    if (!block.endsWith("\n")) {
      throw NoteText.malformed("does not end in a signature and a line feed");
    }
    int lines = 0;
    for (int from = 0; from < block.length(); ) {
      int end = block.indexOf('\n', from);
      if (++lines > SignedNote.MAX_SIGNATURES) {
        throw NoteText.malformed("has more than " + SignedNote.MAX_SIGNATURES + " signatures");
      }
      add(parse(block.substring(from, end)));
      from = end + 1;
    }
  }

  private static NoteSignature parse(String line) throws NoteException {
    try {
      return NoteSignature.parse(line);
    } catch (IllegalArgumentException e) {
      throw NoteText.malformed("is broken: " + e.getMessage());
    }
  }

  private void add(NoteSignature signature) throws NoteException {
    List<VerifierKey> keys = known.stream().filter(signature::isOf).toList();
    if (keys.size() > 1) {
      throw new NoteException(
          NoteException.Kind.AMBIGUOUS_KEY,
          "note is signed by " + signature.keyId() + ", and two known keys are called so");
    }
    if (keys.isEmpty()) {
      if (!unverified.contains(signature)) {
        unverified.add(signature);
      }
      return;
    }
    VerifierKey key = keys.getFirst();
    if (!seen.add(key)) {
      return;
    }
    if (!key.verify(signed, signature.signature())) {
      throw new NoteException(
          NoteException.Kind.WRONG_SIGNATURE,
          "note has a signature of " + key.id() + " that this key did not make of its text");
    }
    verified.add(signature);
  }

  private SignedNote result() throws NoteException {
    if (verified.isEmpty()) {
      throw new NoteException(
          NoteException.Kind.NO_KNOWN_SIGNATURE,
          "note is signed by "
              + unverified.stream()
                  .limit(3)
                  .map(s -> Quoted.of(s.keyId()))
                  .collect(Collectors.joining(", "))
              + (unverified.size() > 3 ? " and others" : "")
              + ", want "
              + known.stream().map(VerifierKey::id).collect(Collectors.joining(" or ")));
    }
    return new SignedNote(text, verified, unverified);
  }
}
