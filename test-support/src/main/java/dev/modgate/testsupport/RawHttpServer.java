package dev.modgate.testsupport;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/// Just enough HTTP/1.1 over plain sockets to break it at will, which the JDK's server will not do:
/// that one always ends a chunked body properly. GET and HEAD, keep-alive, a virtual thread a
/// connection.
final class RawHttpServer implements AutoCloseable {
  private static final InetAddress LOOPBACK = InetAddress.ofLiteral("127.0.0.1");

  private final Function<FakeUpstream.Seen, Answer> answers;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private final Set<String> protocols = ConcurrentHashMap.newKeySet();
  private final int port;
  private final @Nullable SSLContext tls;
  private final boolean wantsClient;
  private ServerSocket listener;
  private Thread acceptor;

  /// @param body empty: 404
  /// @param ranges whether it has an entity tag, and parts of it can be had
  record Answer(Optional<byte[]> body, String contentType, Optional<Fault> fault, boolean ranges) {
    Answer(Optional<byte[]> body, String contentType, Optional<Fault> fault) {
      this(body, contentType, fault, false);
    }

    static Answer of(Fault fault) {
      return new Answer(Optional.empty(), "text/plain", Optional.of(fault));
    }
  }

  /// @param tls null: plain HTTP
  /// @param wantsClient whether only clients with a certificate are let in
  RawHttpServer(
      Function<FakeUpstream.Seen, Answer> answers, @Nullable SSLContext tls, boolean wantsClient)
      throws IOException {
    this.answers = answers;
    this.tls = tls;
    this.wantsClient = wantsClient;
    this.listener = listen(0);
    this.port = listener.getLocalPort();
    this.acceptor = accept(listener);
  }

  int port() {
    return port;
  }

  synchronized void down() {
    try {
      listener.close();
    } catch (IOException e) {
      // it does not listen: as wanted
    }
    try {
      acceptor.join(); // until then a client may still get in
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    open.forEach(RawHttpServer::cut);
    open.clear();
  }

  synchronized void up() throws IOException {
    if (listener.isClosed()) {
      listener = listen(port);
      acceptor = accept(listener);
    }
  }

  @Override
  public void close() {
    down();
  }

  private static ServerSocket listen(int port) throws IOException {
    var socket = new ServerSocket();
    socket.setReuseAddress(true);
    socket.bind(new InetSocketAddress(LOOPBACK, port), 1024);
    return socket;
  }

  private Thread accept(ServerSocket from) {
    return Thread.ofVirtual()
        .start(() -> {
          while (!from.isClosed()) {
            try {
              Socket socket = from.accept();
              open.add(socket);
              Thread.ofVirtual().start(() -> serve(socket));
            } catch (IOException e) {
              return; // closed
            }
          }
        });
  }

  private void serve(Socket accepted) {
    try (Socket socket = secured(accepted)) {
      socket.setTcpNoDelay(true);
      var in = new BufferedInputStream(socket.getInputStream());
      var out = new BufferedOutputStream(socket.getOutputStream());
      Optional<FakeUpstream.Seen> request = readHead(in);
      while (request.isPresent() && write(answers.apply(request.get()), request.get(), out)) {
        out.flush();
        request = readHead(in);
      }
    } catch (IOException e) {
      // the client went away, or down() did it
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      open.remove(accepted);
    }
  }

  private Socket secured(Socket socket) throws IOException {
    if (tls == null) {
      return socket;
    }
    var secure =
        (SSLSocket)
            tls.getSocketFactory().createSocket(socket, InputStream.nullInputStream(), true);
    secure.setNeedClientAuth(wantsClient);
    secure.setHandshakeApplicationProtocolSelector((_, offered) -> {
      protocols.addAll(offered);
      return offered.contains("http/1.1") ? "http/1.1" : "";
    });
    return secure;
  }

  /// What clients offered to speak over TLS.
  Set<String> protocols() {
    return Set.copyOf(protocols);
  }

  /// Returns whether the connection can go on.
  private static boolean write(Answer answer, FakeUpstream.Seen request, OutputStream out)
      throws IOException, InterruptedException {
    if (answer.fault().isPresent()) {
      return FaultWriter.write(answer.fault().get(), answer, request, out);
    }
    plain(answer, request, out);
    return true;
  }

  /// The right answer.
  static void plain(Answer answer, FakeUpstream.Seen request, OutputStream out) throws IOException {
    var range = HttpRange.of(answer, request);
    byte[] body =
        answer
            .body()
            .map(range::of)
            .orElseGet(
                () -> ("not found: " + request.path() + "\n").getBytes(StandardCharsets.UTF_8));
    head(
        out,
        answer.body().isPresent() ? range.status() : 404,
        answer.body().isPresent() ? answer.contentType() : "text/plain; charset=utf-8",
        body.length,
        range.headers());
    if (!request.method().equals("HEAD")) {
      out.write(body);
    }
  }

  /// @param length negative: chunked
  static void head(
      OutputStream out, int status, String contentType, long length, Map<String, String> more)
      throws IOException {
    var head = new StringBuilder("HTTP/1.1 " + status + " Status\r\n");
    head.append("Content-Type: ").append(contentType).append("\r\n");
    head.append(length < 0 ? "Transfer-Encoding: chunked" : "Content-Length: " + length);
    head.append("\r\n");
    more.forEach((name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
    out.write(head.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1));
  }

  private static Optional<FakeUpstream.Seen> readHead(InputStream in) throws IOException {
    String[] first = line(in).split(" ", -1);
    if (first.length < 3) {
      return Optional.empty();
    }
    var headers = new HashMap<String, String>();
    for (String line = line(in); !line.isEmpty(); line = line(in)) {
      int colon = line.indexOf(':');
      headers.put(
          line.substring(0, colon).toLowerCase(Locale.ROOT), line.substring(colon + 1).strip());
    }
    String path = URLDecoder.decode(first[1].replace("+", "%2B"), StandardCharsets.UTF_8);
    return Optional.of(
        new FakeUpstream.Seen(first[0], path.replaceFirst("^/", ""), Map.copyOf(headers)));
  }

  private static String line(InputStream in) throws IOException {
    var line = new StringBuilder();
    for (int c = in.read(); c >= 0 && c != '\n'; c = in.read()) {
      line.append((char) c);
      if (line.length() > 64 * 1024) {
        throw new IOException("header line too long");
      }
    }
    return line.toString().strip();
  }

  private static void cut(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      // it is gone: as wanted
    }
  }
}
