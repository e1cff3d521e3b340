package dev.modgate.pipeline.stage;

/// Kafka is set to take no record of this size, however often it is sent.
final class TooLargeForKafkaException extends IllegalStateException {
  private static final long serialVersionUID = 1L;

  TooLargeForKafkaException(String topic, int bytes, Throwable cause) {
    super(
        "topic \""
            + topic
            + "\" takes no record of "
            + bytes
            + " bytes: raise max.message.bytes of the topic, and max.request.size where"
            + " modgate.kafka.properties sets it ("
            + cause.getMessage()
            + ")",
        cause);
  }
}
