package dev.modgate.gateway;

import dev.modgate.pipeline.store.ObjectSource;
import dev.modgate.start.StartException;
import java.net.BindException;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.GracefulHandler;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/// The HTTP server. A slow client holds a connection and one buffer, not a thread: writes are
/// asynchronous.
public final class GatewayServer implements AutoCloseable {
  private static final int MAX_REQUEST_HEADER_BYTES = 16 * 1024;
  private static final long STOP_MILLIS = 5000;

  private final GatewaySettings settings;
  private final Server server;
  private final ServerConnector connector;

  public GatewayServer(GatewaySettings settings, ObjectSource zone) {
    this.settings = settings;
    var threads = new QueuedThreadPool(settings.threads());
    threads.setName("gateway");
    this.server = new Server(threads);
    var http = new HttpConfiguration();
    http.setSendServerVersion(false);
    // or a value of the same connection that differs in case alone is taken for an earlier one
    http.setHeaderCacheCaseSensitive(true);
    http.setRequestHeaderSize(MAX_REQUEST_HEADER_BYTES);
    this.connector = new ServerConnector(server, 1, 1, new HttpConnectionFactory(http));
    connector.setHost(settings.address());
    connector.setPort(settings.port());
    connector.setIdleTimeout(settings.idleTimeout().toMillis());
    connector.setAcceptQueueSize(512);
    server.addConnector(connector);
    server.addBean(new NetworkConnectionLimit(settings.maxConnections(), server));
    server.setErrorHandler(new PlainErrors());
    server.setStopTimeout(STOP_MILLIS);
    var reasons = new Reasons(settings.console());
    server.setHandler(
        new GracefulHandler(new GatewayHandler(new ZoneFiles(zone, reasons), reasons)));
  }

  /// @throws StartException when the address can't be had
  public void start() {
    try {
      server.start();
    } catch (Exception e) {
      close();
      throw new StartException(whyNot(e), e);
    }
  }

  /// The port in use, which differs from the setting where that is 0.
  public int port() {
    return connector.getLocalPort();
  }

  /// Lets requests end for up to 5 s.
  @Override
  public void close() {
    try {
      server.stop();
    } catch (Exception e) {
      throw new IllegalStateException("the gateway's server can't be stopped", e);
    }
  }

  private String whyNot(Throwable failure) {
    String where = settings.address() + ":" + settings.port();
    for (Throwable t = failure; t != null; t = t.getCause()) {
      if (t instanceof BindException && String.valueOf(t.getMessage()).contains("in use")) {
        return "port "
            + settings.port()
            + " on "
            + settings.address()
            + " is in use: stop what listens there, or set modgate.gateway.port";
      }
    }
    return "the gateway can't listen on " + where + ": " + failure.getMessage();
  }
}
