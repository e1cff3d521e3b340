package dev.modgate.publisher.sumdb;

import dev.modgate.gomod.sumdb.SignedHead;

/// A tree head that was proven outside and the newest epoch inside are not of one history. Nothing
/// may be published until a person has found out which one is wrong.
public final class TwoHistoriesException extends UnprovableException {
  private static final long serialVersionUID = 1L;

  private final String report;

  /// @param report with both notes, of several lines
  TwoHistoriesException(String message, String report) {
    super(message, null);
    this.report = report;
  }

  /// @throws TwoHistoriesException where two trees of one size are not the same
  static void requireSame(String database, SignedHead inside, SignedHead other)
      throws TwoHistoriesException {
    if (inside.head().size() == other.head().size() && !inside.head().equals(other.head())) {
      String sentence =
          database + " signed a " + other.head() + ", but inside is a " + inside.head();
      throw new TwoHistoriesException(
          sentence,
          sentence + "\n\nhead inside:\n\n" + inside.note() + "\nother:\n\n" + other.note());
    }
  }

  String report() {
    return report;
  }
}
