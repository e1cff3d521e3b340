package dev.modgate.gomod.proxy;

/// Bytes are no `.info`. The message says why, for people.
public final class VersionInfoException extends Exception {
  private static final long serialVersionUID = 1L;

  VersionInfoException(String sentence) {
    super(sentence);
  }

  /// Never null, unlike [#getMessage].
  public String sentence() {
    return String.valueOf(getMessage());
  }
}
