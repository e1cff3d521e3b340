package dev.modgate.pipeline.stage;

import dev.modgate.pipeline.event.DeferReason;
import java.util.Optional;

/// This item can't be had now; another try may help.
public final class NotNowException extends Exception {
  private static final long serialVersionUID = 1L;

  private final DeferReason reason;
  private final boolean triesInPlaceHelp;

  private NotNowException(
      DeferReason reason, String sentence, boolean triesInPlaceHelp, Optional<Throwable> cause) {
    super(sentence, cause.orElse(null));
    this.reason = reason;
    this.triesInPlaceHelp = triesInPlaceHelp;
  }

  /// @param sentence names the thing and what went wrong
  public static NotNowException tryAgain(DeferReason reason, String sentence, Throwable cause) {
    return new NotNowException(reason, sentence, true, Optional.of(cause));
  }

  /// For what a try within the next minute will not change: deferred at once.
  public static NotNowException tryMuchLater(DeferReason reason, String sentence) {
    return new NotNowException(reason, sentence, false, Optional.empty());
  }

  public DeferReason reason() {
    return reason;
  }

  public boolean triesInPlaceHelp() {
    return triesInPlaceHelp;
  }

  /// Never null, unlike [#getMessage].
  public String sentence() {
    return String.valueOf(getMessage());
  }
}
