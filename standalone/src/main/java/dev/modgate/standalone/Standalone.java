package dev.modgate.standalone;

import dev.modgate.broker.LocalBroker;
import dev.modgate.start.Service;
import dev.modgate.start.StartException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

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
      int kafkaPort = free(settings.kafkaPort(), "--kafka-port");
      var info =
          new RunInfo(
              ProcessHandle.current().pid(),
              "http://127.0.0.1:" + port,
              "http://127.0.0.1:" + gatewayPort,
              "127.0.0.1:" + kafkaPort,
              settings.upstreamsShown(),
              true,
              null,
              null);
      String verifierKeys = DataKeys.of(settings.data()).ready();
      var all = new ServiceSettings(settings, info, port, gatewayPort, verifierKeys);
      var services = all.inOrder();
      check(services);
      new DataTrust(settings.data()).check(all.chosenDatabase());
      info = info.asking(all.database());
      standalone = new Standalone(data, info);
      standalone.parts.push(broker(data.resolve("kafka"), kafkaPort));
      services.forEach(standalone::run);
      data.announce(info);
      Runtime.getRuntime().addShutdownHook(new Thread(standalone::endAndWait, "shutdown"));
      return standalone;
    } catch (Exception e) {
      abandon(standalone, data);
      throw StartException.among(e)
          .orElseGet(() -> {
            LOG.error("start failed", e);
            return new StartException("unexpected: " + rootMessage(e), e);
          });
    }
  }

  private static LocalBroker broker(Path folder, int port) {
    try {
      return LocalBroker.start(folder, port);
    } catch (IOException e) {
      throw new StartException(String.valueOf(e.getMessage()), e);
    }
  }

  /// Before anything starts: what is wrong with one service's settings stops all.
  private static void check(Map<Service, Map<String, String>> services) {
    var problems = new LinkedHashSet<String>(); // of shared sections each service says the same
    services.forEach((service, arguments) -> problems.addAll(service.settingsProblems(arguments)));
    if (!problems.isEmpty()) {
      throw new StartException(List.copyOf(problems));
    }
  }

  private void run(Service service, Map<String, String> settings) {
    String[] arguments =
        settings.entrySet().stream()
            .map(setting -> "--" + setting.getKey() + "=" + setting.getValue())
            .toArray(String[]::new);
    // the order of stopping is ours
    parts.push(service.builder().registerShutdownHook(false).run(arguments));
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
  static int free(int port, String option) throws StartException {
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
