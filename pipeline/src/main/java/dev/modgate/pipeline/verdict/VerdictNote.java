package dev.modgate.pipeline.verdict;

import dev.modgate.gomod.module.ModuleVersion;
import dev.modgate.gomod.note.NoteException;
import dev.modgate.gomod.note.SignedNote;
import dev.modgate.gomod.note.SigningKey;
import dev.modgate.gomod.note.VerifierKey;
import dev.modgate.gomod.quote.Quoted;
import dev.modgate.pipeline.event.Evidence;
import dev.modgate.pipeline.event.Want;
import java.util.List;
import java.util.Optional;

/// A verdict and who has signed it.
///
/// @param signer name of the key
public record VerdictNote(Verdict verdict, String signer) {

  /// The evidence with its verdict.
  public static Evidence sign(ModuleVersion module, Want want, Evidence evidence, SigningKey key) {
    String text = Verdict.of(module, want, evidence).text();
    return evidence.withVerdict(SignedNote.unsigned(text).signedBy(key).toString());
  }

  /// Opens the verdict of some evidence, without a look at what else the evidence says.
  ///
  /// @param known the verifiers that are believed
  /// @throws VerdictException when there is none, or none that one of them has signed
  public static VerdictNote open(Evidence evidence, List<VerifierKey> known)
      throws VerdictException {
    String note = evidence.verdict();
    if (note == null) {
      throw new VerdictException("its verdict is not signed");
    }
    try {
      SignedNote opened = SignedNote.open(note, known);
      return new VerdictNote(
          VerdictReader.read(opened.text()), opened.verified().getFirst().keyId());
    } catch (NoteException e) {
      throw new VerdictException("its verdict can't be believed: " + e.sentence());
    } catch (IllegalArgumentException e) {
      throw new VerdictException("what is signed is no verdict: " + e.getMessage());
    }
  }

  /// What the verdict says that is not so of this module version and this evidence; empty where it
  /// is of just these.
  public Optional<String> fault(ModuleVersion module, Want want, Evidence evidence) {
    try {
      return Verdict.of(module, want, evidence).differenceFrom(verdict);
    } catch (IllegalArgumentException e) {
      return Optional.of("it is of no verdict: " + Quoted.of(String.valueOf(e.getMessage())));
    }
  }
}
