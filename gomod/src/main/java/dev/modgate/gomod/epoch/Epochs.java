package dev.modgate.gomod.epoch;

import dev.modgate.gomod.note.VerifierKey;
import dev.modgate.gomod.sumdb.SignedHead;
import dev.modgate.gomod.sumdb.SumDbException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The newest tree heads that the database inside serves, oldest first; sizes only grow. As text:
/// their notes, an empty line between two.
///
/// @param notes as they were signed
/// @param newest the last of them; empty where there is none
public record Epochs(List<String> notes, Optional<SignedHead> newest) {
  /// How many are kept. Only the newest decides anything.
  static final int MAX_HEADS = 1000;

  private static final String BETWEEN = "\n";

  public static final Epochs NONE = new Epochs(List.of(), Optional.empty());

  public Epochs {
    notes = List.copyOf(notes);
  }

  /// Reads what [#text] wrote. Only the signature of the newest one is checked.
  ///
  /// @throws SumDbException when it is not of that form, or the key has not signed the newest
  public static Epochs parse(String text, VerifierKey key) throws SumDbException {
    String[] paragraphs = text.split("\n\n", -1);
    if (paragraphs.length % 2 != 0) {
      throw SumDbException.malformed(
          "list of epochs has " + paragraphs.length + " paragraphs, want two for each head");
    }
    var notes = new ArrayList<String>();
    for (int i = 0; i < paragraphs.length; i += 2) {
      notes.add(paragraphs[i] + "\n\n" + paragraphs[i + 1].strip() + "\n");
    }
    return new Epochs(notes, Optional.of(SignedHead.open(notes.getLast(), key)));
  }

  /// @throws IllegalArgumentException when it is not larger than the newest one, or its note has
  ///   more than one empty line
  public Epochs with(SignedHead head) {
    if (newest.isPresent() && head.head().size() <= newest.get().head().size()) {
      throw new IllegalArgumentException(
          "a " + head.head() + " can't be listed behind a " + newest.get().head());
    }
    if (head.note().indexOf("\n\n") != head.note().lastIndexOf("\n\n")) {
      throw new IllegalArgumentException("note of a " + head.head() + " has several empty lines");
    }
    var more = new ArrayList<>(notes);
    more.add(head.note());
    return new Epochs(
        more.subList(Math.max(0, more.size() - MAX_HEADS), more.size()), Optional.of(head));
  }

  /// Whether it is one of those that are kept.
  public boolean has(SignedHead head) {
    return notes.contains(head.note());
  }

  /// Whether older ones may have been dropped.
  public boolean isFull() {
    return notes.size() == MAX_HEADS;
  }

  public String text() {
    return String.join(BETWEEN, notes);
  }
}
