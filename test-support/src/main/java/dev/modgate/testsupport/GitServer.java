package dev.modgate.testsupport;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/// Git's smart HTTP on loopback: the real `git http-backend`, with faults on request.
public final class GitServer implements AutoCloseable {
  private static final byte[] NOTHING = new byte[0];

  private final Path root;
  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final CountDownLatch closing = new CountDownLatch(1);
  private final List<Request> requests = new CopyOnWriteArrayList<>();
  private volatile Fault fault = new Fault.None();
  private volatile @Nullable String credentials;

  /// How it misbehaves.
  public sealed interface Fault {
    record None() implements Fault {}

    record Status(int status) implements Fault {}

    /// @param to the same path below this address
    record Redirect(String to) implements Fault {}

    /// Redirects on this server.
    record Moved(String from, String to) implements Fault {}

    /// Answers nothing until it is closed.
    record Silent() implements Fault {}

    /// An endless list of refs.
    record EndlessRefs() implements Fault {}

    /// Only requests whose path ends so misbehave.
    record On(String path, Fault fault) implements Fault {}
  }

  /// @param authorization the header, or empty
  public record Request(String method, String path, String authorization) {}

  private GitServer(Path root, HttpServer server) {
    this.root = root;
    this.server = server;
  }

  /// Serves all repositories below a folder; skips the test where there is no `git`.
  public static GitServer start(Path root) throws IOException {
    return start(root, HttpServer.create(anyPort(), 0));
  }

  /// The same over TLS.
  public static GitServer start(Path root, SSLContext tls) throws IOException {
    HttpsServer https = HttpsServer.create(anyPort(), 0);
    https.setHttpsConfigurator(new HttpsConfigurator(tls));
    return start(root, https);
  }

  private static InetSocketAddress anyPort() {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
  }

  private static GitServer start(Path root, HttpServer http) {
    GitRepository.assumeGit();
    var server = new GitServer(root, http);
    http.createContext("/", server::answer);
    http.setExecutor(server.threads);
    http.start();
    return server;
  }

  /// Of the repository `NAME.git`.
  public URI url(String name) {
    String scheme = server instanceof HttpsServer ? "https" : "http";
    return URI.create(
        scheme + "://127.0.0.1:" + server.getAddress().getPort() + "/" + name + ".git");
  }

  public void misbehave(Fault next) {
    fault = next;
  }

  /// @param userAndPassword such as `user:password`, without which nobody gets in
  public void demand(String userAndPassword) {
    credentials =
        "Basic "
            + Base64.getEncoder().encodeToString(userAndPassword.getBytes(StandardCharsets.UTF_8));
  }

  public List<Request> requests() {
    return List.copyOf(requests);
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      String authorization = exchange.getRequestHeaders().getFirst("Authorization");
      String path = exchange.getRequestURI().getPath();
      requests.add(
          new Request(
              exchange.getRequestMethod(), path, authorization == null ? "" : authorization));
      if (credentials != null && !credentials.equals(authorization)) {
        exchange.getResponseHeaders().set("WWW-Authenticate", "Basic realm=\"git\"");
        exchange.sendResponseHeaders(401, -1);
        return;
      }
      misbehave(fault, exchange, path);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void misbehave(Fault now, HttpExchange exchange, String path)
      throws IOException, InterruptedException {
    switch (now) {
      case Fault.None() -> backend(exchange, path);
      case Fault.Status(int status) -> exchange.sendResponseHeaders(status, -1);
      case Fault.Redirect(String to) -> {
        exchange.getResponseHeaders().set("Location", to + exchange.getRequestURI());
        exchange.sendResponseHeaders(302, -1);
      }
      case Fault.Moved(String from, String to) -> {
        String there = exchange.getRequestURI().toString().replace(from, to);
        exchange.getResponseHeaders().set("Location", there);
        exchange.sendResponseHeaders(302, -1);
      }
      case Fault.Silent() -> closing.await();
      case Fault.EndlessRefs() -> endlessRefs(exchange);
      case Fault.On(String end, Fault there) ->
          misbehave(path.endsWith(end) ? there : new Fault.None(), exchange, path);
    }
  }

  private static void endlessRefs(HttpExchange exchange) throws IOException {
    exchange
        .getResponseHeaders()
        .set("Content-Type", "application/x-git-upload-pack-advertisement");
    exchange.sendResponseHeaders(200, 0);
    try (OutputStream out = exchange.getResponseBody()) {
      out.write(packet("# service=git-upload-pack\n"));
      out.write("0000".getBytes(StandardCharsets.US_ASCII));
      String id = "1".repeat(40);
      out.write(packet(id + " HEAD\0multi_ack_detailed\n"));
      for (long i = 0; ; i++) {
        out.write(packet(id + " refs/heads/" + i + "\n"));
      }
    }
  }

  private static byte[] packet(String line) {
    byte[] bytes = line.getBytes(StandardCharsets.US_ASCII);
    return ("%04x".formatted(bytes.length + 4) + line).getBytes(StandardCharsets.US_ASCII);
  }

  /// RFC 3875, as far as `git http-backend` needs it.
  private void backend(HttpExchange exchange, String path) throws IOException {
    byte[] body = exchange.getRequestBody().readAllBytes();
    var builder =
        new ProcessBuilder("git", "http-backend").redirectError(ProcessBuilder.Redirect.DISCARD);
    Map<String, String> environment = builder.environment();
    GitRepository.clean(environment);
    environment.put("GIT_PROJECT_ROOT", root.toString());
    environment.put("GIT_HTTP_EXPORT_ALL", "1");
    environment.put("PATH_INFO", path);
    environment.put("REQUEST_METHOD", exchange.getRequestMethod());
    put(environment, "QUERY_STRING", exchange.getRequestURI().getQuery());
    put(environment, "CONTENT_TYPE", exchange.getRequestHeaders().getFirst("Content-Type"));
    put(environment, "GIT_PROTOCOL", exchange.getRequestHeaders().getFirst("Git-Protocol"));
    put(
        environment,
        "HTTP_CONTENT_ENCODING",
        exchange.getRequestHeaders().getFirst("Content-Encoding"));
    environment.put("CONTENT_LENGTH", String.valueOf(body.length));
    environment.put("REMOTE_ADDR", "127.0.0.1");
    Process process = builder.start();
    try (OutputStream out = process.getOutputStream()) {
      out.write(body.length == 0 ? NOTHING : body);
    }
    try (var in = new BufferedInputStream(process.getInputStream())) {
      int status = 200;
      for (String line = line(in); !line.isEmpty(); line = line(in)) {
        int colon = line.indexOf(':');
        String name = line.substring(0, colon);
        String value = line.substring(colon + 1).strip();
        if (name.equals("Status")) {
          status = Integer.parseInt(value.substring(0, 3));
        } else {
          exchange.getResponseHeaders().add(name, value);
        }
      }
      exchange.sendResponseHeaders(status, 0);
      try (OutputStream out = exchange.getResponseBody()) {
        in.transferTo(out);
      }
    } finally {
      process.destroy();
    }
  }

  private static void put(Map<String, String> environment, String name, @Nullable String value) {
    environment.put(name, value == null ? "" : value);
  }

  private static String line(InputStream in) throws IOException {
    var line = new StringBuilder();
    for (int c = in.read(); c >= 0 && c != '\n'; c = in.read()) {
      if (c != '\r') {
        line.append((char) c);
      }
    }
    return line.toString();
  }

  @Override
  public void close() {
    closing.countDown();
    server.stop(0);
    threads.shutdownNow();
  }
}
