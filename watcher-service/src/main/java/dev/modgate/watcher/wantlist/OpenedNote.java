package dev.modgate.watcher.wantlist;

import dev.modgate.gomod.note.NoteException;
import dev.modgate.gomod.note.SignedNote;
import dev.modgate.gomod.note.VerifierKey;
import java.util.List;

/// The text of a small signed note.
final class OpenedNote {
  private OpenedNote() {}

  /// @throws RefusedException when none of the keys has signed it
  static String text(byte[] bytes, List<VerifierKey> pinned) throws RefusedException {
    try {
      return SignedNote.open(bytes, pinned).text();
    } catch (NoteException e) {
      throw new RefusedException(refusal(e.kind()), e.sentence());
    }
  }

  static Refusal refusal(NoteException.Kind kind) {
    return switch (kind) {
      case MALFORMED, AMBIGUOUS_KEY -> Refusal.MALFORMED;
      case WRONG_SIGNATURE -> Refusal.WRONG_SIGNATURE;
      case NO_KNOWN_SIGNATURE -> Refusal.UNKNOWN_KEY;
    };
  }
}
