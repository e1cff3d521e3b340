package dev.modgate.gomod.sumdb;

import dev.modgate.gomod.note.NoteException;
import dev.modgate.gomod.note.SignedNote;
import dev.modgate.gomod.note.VerifierKey;
import dev.modgate.gomod.tlog.TlogHash;
import dev.modgate.gomod.tlog.TreeHead;
import java.util.List;

/// A tree head and the note that says so.
///
/// @param note with the database's own signature; what others have added on the way is left out
public record SignedHead(String note, TreeHead head) {

  /// @throws SumDbException when the text is no note, is not signed by this key, or is not about a
  ///   tree
  public static SignedHead open(String note, VerifierKey key) throws SumDbException {
    TreeHead head;
    SignedNote opened;
    try {
      opened = SignedNote.open(note, List.of(key));
      head = TreeHead.parse(opened.text());
    } catch (NoteException e) {
      throw switch (e.kind()) {
        case MALFORMED -> SumDbException.malformed(e.sentence());
        case WRONG_SIGNATURE, AMBIGUOUS_KEY, NO_KNOWN_SIGNATURE ->
            SumDbException.forged(e.sentence());
      };
    } catch (IllegalArgumentException e) {
      throw SumDbException.forged(key.name() + " signed what is no tree head: " + e.getMessage());
    }
    if (head.size() == 0 && !head.hash().equals(TlogHash.EMPTY_TREE)) {
      throw SumDbException.forged(key.name() + " signed an empty tree with hash " + head.hash());
    }
    var own = new SignedNote(opened.text(), opened.verified(), List.of());
    return new SignedHead(own.toString(), head);
  }

  long size() {
    return head.size();
  }
}
