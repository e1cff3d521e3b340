package dev.modgate.broker;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.MetadataVersion;

/// One Kafka broker, which is its own controller, on the loopback address of this machine.
///
/// What it holds lies in its folder and survives close, kill and a change of ports. One broker at a
/// time uses a folder.
public final class LocalBroker implements AutoCloseable {
  private static final int NODE = 1;

  /// 16 bytes in Base64. Every folder has the same, so that preparing one twice, or again after a
  /// crash in the middle, agrees with itself.
  private static final String CLUSTER = "bW9kZ2F0ZS1sb2NhbC1icg";

  private static final String HOST = "127.0.0.1";

  private final FolderLock lock;
  private final KafkaRaftServer server;
  private final String bootstrapServers;
  private boolean closed;

  private LocalBroker(FolderLock lock, KafkaRaftServer server, String bootstrapServers) {
    this.lock = lock;
    this.server = server;
    this.bootstrapServers = bootstrapServers;
  }

  /// Starts a broker, and returns when it answers.
  ///
  /// @param dataDir made where it is missing
  /// @param port to listen on; 0 picks a free one
  /// @throws IOException with one sentence: the port is in use, another broker holds the folder,
  ///   the folder can't be written, the folder is no broker's
  public static LocalBroker start(Path dataDir, int port) throws IOException {
    Path folder = Files.createDirectories(dataDir).toRealPath();
    FolderLock lock = FolderLock.take(folder);
    try {
      int brokerPort = port == 0 ? freePort() : port;
      checkFree(brokerPort);
      int controllerPort = freePort();
      Path logs = Files.createDirectories(folder.resolve("logs"));
      format(logs);
      var settings = BrokerProperties.of(NODE, HOST, brokerPort, controllerPort, logs);
      KafkaRaftServer server = run(settings, folder);
      return new LocalBroker(lock, server, HOST + ":" + brokerPort);
    } catch (IOException | RuntimeException e) {
      lock.close();
      throw e;
    }
  }

  /// `host:port`, for a client's `bootstrap.servers`.
  public String bootstrapServers() {
    return bootstrapServers;
  }

  /// Writes everything to the disk and returns when the ports are free again. Safe to call twice.
  @Override
  public synchronized void close() {
    if (closed) {
      return;
    }
    closed = true;
    server.shutdown();
    server.awaitShutdown();
    lock.close();
  }

  private static KafkaRaftServer run(Map<String, String> settings, Path folder) throws IOException {
    KafkaRaftServer server = null;
    try {
      server = new KafkaRaftServer(new KafkaConfig(settings, false), Time.SYSTEM);
      server.startup();
      return server;
    } catch (RuntimeException e) {
      if (server != null) {
        server.shutdown();
      }
      throw new IOException(
          "the Kafka broker in \"" + folder + "\" did not start: " + e.getMessage(), e);
    }
  }

  /// Makes the folder a broker's, once.
  private static void format(Path logs) throws IOException {
    try (var nowhere = new PrintStream(OutputStream.nullOutputStream())) {
      new Formatter()
          .setPrintStream(nowhere)
          .setNodeId(NODE)
          .setClusterId(CLUSTER)
          .addDirectory(logs.toString())
          .setMetadataLogDirectory(logs.toString())
          .setControllerListenerName(BrokerProperties.CONTROLLER_LISTENER)
          .setReleaseVersion(MetadataVersion.LATEST_PRODUCTION)
          .setIgnoreFormatted(true)
          .run();
    } catch (Exception e) { // what run() declares
      throw new IOException(
          "the Kafka broker could not prepare \"" + logs + "\": " + e.getMessage(), e);
    }
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0, 1, loopback())) {
      return socket.getLocalPort();
    }
  }

  private static void checkFree(int port) throws IOException {
    try (var socket = new ServerSocket()) {
      socket.setReuseAddress(true); // as Kafka does: a connection that lingers is no obstacle
      socket.bind(new InetSocketAddress(loopback(), port), 1);
    } catch (BindException e) {
      throw new IOException(
          "the Kafka broker can't listen on " + HOST + ":" + port + ": " + e.getMessage(), e);
    }
  }

  private static InetAddress loopback() throws IOException {
    return InetAddress.getByAddress(HOST, new byte[] {127, 0, 0, 1});
  }
}
