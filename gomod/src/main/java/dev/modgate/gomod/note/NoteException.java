package dev.modgate.gomod.note;

/// A note that is not to be believed. The message says why, for people.
public final class NoteException extends Exception {
  private static final long serialVersionUID = 1L;

  /// What is wrong.
  public enum Kind {
    /// It is no signed note.
    MALFORMED,
    /// It has a signature that says a known key made it, and that key did not.
    WRONG_SIGNATURE,
    /// Two of the known keys have the name and hash of a signature.
    AMBIGUOUS_KEY,
    /// It may be right, but none of the known keys says so.
    NO_KNOWN_SIGNATURE
  }

  private final Kind kind;

  NoteException(Kind kind, String sentence) {
    super(sentence);
    this.kind = kind;
  }

  public Kind kind() {
    return kind;
  }

  /// Never null, unlike [#getMessage].
  public String sentence() {
    return String.valueOf(getMessage());
  }
}
