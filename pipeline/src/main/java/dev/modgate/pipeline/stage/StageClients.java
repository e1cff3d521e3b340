package dev.modgate.pipeline.stage;

import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.producer.Producer;

/// Makes the Kafka clients of one life of a stage's loop. Whoever gets one closes it.
///
/// Both throw KafkaException where no address can be used, such as a name that does not resolve.
interface StageClients {
  Consumer<byte[], byte[]> newConsumer();

  Producer<byte[], byte[]> newProducer();
}
