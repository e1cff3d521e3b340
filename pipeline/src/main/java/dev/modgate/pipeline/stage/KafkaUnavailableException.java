package dev.modgate.pipeline.stage;

/// The broker does not answer, or does not let us in.
public final class KafkaUnavailableException extends Exception {
  private static final long serialVersionUID = 1L;

  public KafkaUnavailableException(String sentence, Throwable cause) {
    super(sentence, cause);
  }
}
