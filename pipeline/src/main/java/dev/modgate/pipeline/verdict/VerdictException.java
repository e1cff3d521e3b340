package dev.modgate.pipeline.verdict;

/// A verdict that is not to be believed.
public final class VerdictException extends Exception {
  private static final long serialVersionUID = 1L;

  VerdictException(String sentence) {
    super(sentence);
  }

  /// Never null, unlike [#getMessage]; without the module.
  public String sentence() {
    return String.valueOf(getMessage());
  }
}
