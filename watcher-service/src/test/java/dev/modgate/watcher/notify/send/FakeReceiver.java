package dev.modgate.watcher.notify.send;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.modgate.watcher.notify.channel.ChannelKind;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/// A receiver on loopback that takes what its real counterpart would take ({@link Service}), or
/// misbehaves as it is told.
public final class FakeReceiver implements AutoCloseable {
  private final Service service;
  private final Clock clock;
  private final CountDownLatch closed = new CountDownLatch(1);
  private final List<Service.Request> taken = new CopyOnWriteArrayList<>();
  private final List<String> faults = new CopyOnWriteArrayList<>();
  private volatile Mood mood = new Mood.Well();
  private @Nullable HttpServer server;
  private int port;

  /// How it is.
  public sealed interface Mood {
    record Well() implements Mood {}

    /// Answers so, whatever comes.
    record Says(int status, Map<String, String> headers, String body) implements Mood {
      public Says(int status, String body) {
        this(status, Map.of(), body);
      }
    }

    /// Takes it and never answers.
    record Silent() implements Mood {}

    /// Takes it, answers, and does not end.
    record Endless() implements Mood {}
  }

  private FakeReceiver(Service service, Clock clock) {
    this.service = service;
    this.clock = clock;
  }

  public static FakeReceiver start(Service service, Clock clock) throws IOException {
    var receiver = new FakeReceiver(service, clock);
    receiver.listen();
    return receiver;
  }

  /// As it was found, again.
  public void listen() throws IOException {
    HttpServer made =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 16);
    made.createContext("/", this::handle);
    made.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    made.start();
    port = made.getAddress().getPort();
    server = made;
  }

  /// Nobody listens any more.
  public void refuse() {
    if (server != null) {
      server.stop(0);
      server = null;
    }
  }

  public void be(Mood now) {
    mood = now;
  }

  /// Where it is, as its service gives such an address out.
  public URI url() {
    return URI.create("http://127.0.0.1:" + port + service.path());
  }

  public ChannelKind kind() {
    return service.kind();
  }

  /// What it took, in order.
  public List<Service.Request> taken() {
    return taken;
  }

  /// What was wrong with what it did not take by itself.
  public List<String> faults() {
    return faults;
  }

  private void handle(HttpExchange exchange) throws IOException {
    var request =
        new Service.Request(
            exchange.getRequestMethod(),
            exchange.getRequestURI(),
            exchange.getRequestHeaders(),
            new String(exchange.getRequestBody().readAllBytes(), UTF_8));
    switch (mood) {
      case Mood.Well _ -> {
        Service.Answer answer = service.answer(request, clock.instant());
        answer.fault().ifPresentOrElse(faults::add, () -> taken.add(request));
        answer(exchange, answer.status(), answer.body());
      }
      case Mood.Says says -> {
        says.headers().forEach((name, value) -> exchange.getResponseHeaders().set(name, value));
        answer(exchange, says.status(), says.body());
      }
      case Mood.Silent _ -> await();
      case Mood.Endless _ -> {
        exchange.sendResponseHeaders(200, 0);
        OutputStream out = exchange.getResponseBody();
        var piece = new byte[8192];
        while (closed.getCount() > 0) {
          out.write(piece); // until the other side goes
        }
      }
    }
  }

  private void await() {
    try {
      closed.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void answer(HttpExchange exchange, int status, String body) throws IOException {
    byte[] bytes = body.getBytes(UTF_8);
    exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  @Override
  public void close() {
    closed.countDown();
    refuse();
  }
}
