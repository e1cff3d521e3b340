package dev.modgate.gateway;

/// The gateway can't listen where it should. The message is for the operator.
public final class GatewayStartException extends Exception {
  private static final long serialVersionUID = 1L;

  GatewayStartException(String message, Throwable cause) {
    super(message, cause);
  }

  /// Never null, unlike [#getMessage].
  public String sentence() {
    return String.valueOf(getMessage());
  }
}
