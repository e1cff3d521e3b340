package dev.modgate.gomod.epoch;

import dev.modgate.gomod.note.VerifierKey;
import dev.modgate.gomod.sumdb.SignedHead;
import dev.modgate.gomod.sumdb.SumDbException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The newest tree heads that the database inside serves, oldest first; sizes only grow.
///
/// As text: their notes, an empty line between two.
public record Epochs(List<SignedHead> heads) {
  /// How many are kept. Only the newest decides anything; the others are for people.
  static final int MAX_HEADS = 1000;

  private static final String BETWEEN = "\n";

  public static final Epochs NONE = new Epochs(List.of());

  /// @throws IllegalArgumentException when one is not larger than the one before it
  public Epochs {
    heads = List.copyOf(heads);
    for (int i = 1; i < heads.size(); i++) {
      SignedHead older = heads.get(i - 1);
      SignedHead newer = heads.get(i);
      if (newer.head().size() <= older.head().size()) {
        throw new IllegalArgumentException(
            "a " + newer.head() + " is listed behind a " + older.head());
      }
    }
  }

  /// Reads what [#text] wrote, and checks each signature.
  ///
  /// @throws SumDbException when it is not of that form, or the key has not signed one
  public static Epochs parse(String text, VerifierKey key) throws SumDbException {
    var heads = new ArrayList<SignedHead>();
    String[] paragraphs = text.split("\n\n", -1);
    if (paragraphs.length % 2 != 0) {
      throw SumDbException.malformed(
          "list of epochs has " + paragraphs.length + " paragraphs, want two for each head");
    }
    for (int i = 0; i < paragraphs.length; i += 2) {
      heads.add(SignedHead.open(paragraphs[i] + "\n\n" + paragraphs[i + 1].strip() + "\n", key));
    }
    try {
      return new Epochs(heads);
    } catch (IllegalArgumentException e) {
      throw SumDbException.malformed("list of epochs is out of order: " + e.getMessage());
    }
  }

  /// @throws IllegalArgumentException when it is not larger than the newest one, or its note has
  ///   more than one empty line
  public Epochs with(SignedHead head) {
    if (head.note().indexOf("\n\n") != head.note().lastIndexOf("\n\n")) {
      throw new IllegalArgumentException("note of a " + head.head() + " has several empty lines");
    }
    var more = new ArrayList<>(heads);
    more.add(head);
    return new Epochs(more.subList(Math.max(0, more.size() - MAX_HEADS), more.size()));
  }

  public Optional<SignedHead> newest() {
    return heads.isEmpty() ? Optional.empty() : Optional.of(heads.getLast());
  }

  public String text() {
    return String.join(BETWEEN, heads.stream().map(SignedHead::note).toList());
  }
}
