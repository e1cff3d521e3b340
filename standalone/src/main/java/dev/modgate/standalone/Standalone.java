package dev.modgate.standalone;

import dev.modgate.broker.LocalBroker;
import dev.modgate.fetcher.FetcherApplication;
import dev.modgate.gateway.GatewayApplication;
import dev.modgate.publisher.PublisherApplication;
import dev.modgate.verifier.VerifierApplication;
import dev.modgate.watcher.WatcherApplication;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/// A running standalone Modgate. Closing it drains the stages, then stops the broker.
public final class Standalone implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Standalone.class);

  private final DataFolder data;
  private final Deque<AutoCloseable> parts = new ArrayDeque<>();
  private final CountDownLatch end = new CountDownLatch(1);
  private final CountDownLatch closed = new CountDownLatch(1);
  private final RunInfo info;

  private Standalone(DataFolder data, RunInfo info) {
    this.data = data;
    this.info = info;
  }

  /// Returns when all services are ready.
  ///
  /// @throws StartException naming what is in the way; nothing is left running then
  public static Standalone start(StandaloneSettings settings) throws StartException {
    DataFolder data = DataFolder.take(settings.data());
    Standalone standalone = null;
    try {
      int port = free(settings.port(), "--port");
      int gatewayPort = free(settings.gatewayPort(), "--gateway-port");
      LocalBroker broker = LocalBroker.start(data.resolve("kafka"), settings.kafkaPort());
      var info =
          new RunInfo(
              ProcessHandle.current().pid(),
              "http://127.0.0.1:" + port,
              "http://127.0.0.1:" + gatewayPort,
              broker.bootstrapServers(),
              settings.upstreamsShown(),
              true);
      standalone = new Standalone(data, info);
      standalone.parts.push(broker);
      standalone.startServices(new ServiceSettings(settings, info, port, gatewayPort));
      data.announce(info);
      Runtime.getRuntime().addShutdownHook(new Thread(standalone::endAndWait, "shutdown"));
      return standalone;
    } catch (StartException e) {
      abandon(standalone, data);
      throw e;
    } catch (Exception e) {
      LOG.error("start failed", e);
      abandon(standalone, data);
      throw new StartException("can't start: " + rootMessage(e), e);
    }
  }

  private void startServices(ServiceSettings settings) {
    // the watcher first: it creates the topics; then those that work, the gateway last
    run(WatcherApplication.builder(), settings.watcher());
    run(FetcherApplication.builder(), settings.fetcher());
    run(VerifierApplication.builder(), settings.verifier());
    run(PublisherApplication.builder(), settings.publisher());
    run(GatewayApplication.builder(), settings.gateway());
  }

  private void run(SpringApplicationBuilder service, Map<String, String> settings) {
    var all = new HashMap<String, Object>(settings);
    ConfigurableApplicationContext context =
        service
            .registerShutdownHook(false) // the order of stopping is ours
            .initializers(started ->
                started
                    .getEnvironment()
                    .getPropertySources()
                    .addFirst(
                        new org.springframework.core.env.MapPropertySource("standalone", all)))
            .run();
    parts.push(context);
  }

  public RunInfo info() {
    return info;
  }

  /// Returns when the process was asked to stop.
  public void awaitEnd() throws InterruptedException {
    end.await();
  }

  private void endAndWait() {
    end.countDown();
    try {
      closed.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    while (!parts.isEmpty()) {
      try {
        parts.pop().close();
      } catch (Exception e) {
        LOG.warn("a part did not stop cleanly", e);
      }
    }
    try {
      data.close();
    } catch (IOException e) {
      LOG.warn("data folder was not released cleanly", e);
    }
    closed.countDown();
  }

  private static void abandon(
      @org.jspecify.annotations.Nullable Standalone standalone, DataFolder data) {
    if (standalone != null) {
      standalone.close();
      return;
    }
    try {
      data.close();
    } catch (IOException e) {
      LOG.warn("data folder was not released cleanly", e);
    }
  }

  /// The port itself, or any free one for 0.
  private static int free(int port, String option) throws StartException {
    try (var socket = new ServerSocket()) {
      socket.setReuseAddress(true); // as the servers do: a port in TIME_WAIT is free
      socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new StartException(refusal(port, option, e), e);
    }
  }

  static String refusal(int port, String option, IOException e) {
    String why = String.valueOf(e.getMessage());
    return "port "
        + port
        + (why.contains("in use")
            ? " is in use by another process"
            : " on loopback can't be listened on (" + why + ")")
        + "; choose another with "
        + option;
  }

  private static String rootMessage(Throwable e) {
    Throwable root = e;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    String message = root.getMessage();
    return message == null ? root.toString() : message;
  }
}
