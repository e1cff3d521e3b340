package dev.modgate.publisher.sumdb;

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

  String report() {
    return report;
  }
}
