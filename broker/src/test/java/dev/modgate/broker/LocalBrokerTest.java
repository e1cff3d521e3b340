package dev.modgate.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalBrokerTest {
  @TempDir Path folder;

  @Test
  void keepsRecordsAcrossARestartOnAnotherPort() throws Exception {
    String first;
    try (var broker = LocalBroker.start(folder, 0)) {
      first = broker.bootstrapServers();
      produce(first, "golang.org/x/mod");
    }

    try (var broker = LocalBroker.start(folder, 0)) {
      assertThat(broker.bootstrapServers()).isNotEqualTo(first);
      assertThat(consume(broker.bootstrapServers())).containsExactly("golang.org/x/mod");
    }
  }

  @Test
  void saysThatThePortIsInUse() throws Exception {
    try (var taken = new ServerSocket(0, 1, InetAddress.getByAddress(new byte[] {127, 0, 0, 1}))) {
      assertThatThrownBy(() -> LocalBroker.start(folder, taken.getLocalPort()))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("can't listen on 127.0.0.1:" + taken.getLocalPort());
    }

    LocalBroker.start(folder, 0).close(); // the failed start left nothing behind that is in the way
  }

  @Test
  void saysThatAnotherBrokerHoldsTheFolder() throws Exception {
    try (var _ = LocalBroker.start(folder, 0)) {
      assertThatThrownBy(() -> LocalBroker.start(folder, 0))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("another Kafka broker is running in \"" + folder.toRealPath());
    }
  }

  @Test
  void startsWithinSecondsAfterAKill() throws Exception {
    Process child =
        new ProcessBuilder(
                ProcessHandle.current().info().command().orElseThrow(),
                "-Xmx512m",
                "-cp",
                System.getProperty("java.class.path"),
                KilledBroker.class.getName(),
                folder.toString())
            .inheritIO()
            .start();
    assertThat(child.waitFor()).isEqualTo(137);

    Instant before = Instant.now();
    try (var broker = LocalBroker.start(folder, 0)) {
      assertThat(consume(broker.bootstrapServers())).containsExactly("golang.org/x/mod");
    }
    assertThat(Duration.between(before, Instant.now())).isLessThan(Duration.ofSeconds(20));
  }

  /// A process whose broker ends without a close.
  static final class KilledBroker {
    public static void main(String[] args) throws Exception {
      var broker = LocalBroker.start(Path.of(args[0]), 0);
      produce(broker.bootstrapServers(), "golang.org/x/mod");
      Runtime.getRuntime().halt(137);
    }
  }

  private static void produce(String servers, String value) throws Exception {
    try (var admin = Admin.create(Map.of("bootstrap.servers", servers))) {
      admin.createTopics(List.of(new NewTopic("t", 1, (short) 1))).all().get();
    }
    Map<String, Object> settings = Map.of("bootstrap.servers", servers, "acks", "all");
    try (var producer =
        new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer())) {
      producer.send(new ProducerRecord<>("t", value)).get();
    }
  }

  private static List<String> consume(String servers) {
    Map<String, Object> settings =
        Map.of("bootstrap.servers", servers, "group.id", "g", "auto.offset.reset", "earliest");
    var values = new ArrayList<String>();
    try (var consumer =
        new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer())) {
      consumer.subscribe(List.of("t"));
      Instant end = Instant.now().plusSeconds(20);
      while (values.isEmpty() && Instant.now().isBefore(end)) {
        consumer.poll(Duration.ofMillis(100)).forEach(r -> values.add(r.value()));
      }
    }
    return values;
  }
}
