package dev.modgate.check;

/// The gateway does not answer as one; the message says how.
public final class GatewayException extends Exception {
  private static final long serialVersionUID = 1L;

  GatewayException(String sentence) {
    super(sentence);
  }
}
