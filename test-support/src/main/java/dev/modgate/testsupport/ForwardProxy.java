package dev.modgate.testsupport;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/// An HTTP proxy as companies have them. Whatever host is asked for, it goes to one port of this
/// machine; so a client can ask for `http://mirror.example`. Each connection takes one request, or
/// one tunnel.
public final class ForwardProxy implements AutoCloseable {
  private final ServerSocket listener;
  private final int target;
  private final List<String> heads = new CopyOnWriteArrayList<>();

  private ForwardProxy(ServerSocket listener, int target) {
    this.listener = listener;
    this.target = target;
  }

  public static ForwardProxy to(int target) {
    try {
      var proxy =
          new ForwardProxy(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), target);
      Thread.ofVirtual().start(proxy::run);
      return proxy;
    } catch (IOException e) {
      throw new UncheckedIOException("no loopback port", e);
    }
  }

  public int port() {
    return listener.getLocalPort();
  }

  /// What came to it in the clear: the head of each request, or the `CONNECT` of each tunnel.
  public List<String> heads() {
    return List.copyOf(heads);
  }

  private void run() {
    while (!listener.isClosed()) {
      try {
        Socket client = listener.accept();
        Thread.ofVirtual().start(() -> serve(client));
      } catch (IOException e) {
        return; // closed
      }
    }
  }

  private void serve(Socket accepted) {
    try (Socket client = accepted;
        Socket server = new Socket(InetAddress.getLoopbackAddress(), target)) {
      String head = head(client.getInputStream());
      heads.add(head);
      if (head.startsWith("CONNECT ")) {
        write(client, "HTTP/1.1 200 Connection established\r\n\r\n");
      } else {
        String path = head.replaceFirst("^(\\S+) http://[^/]+/", "$1 /");
        write(server, path.replaceFirst("\r\n\r\n$", "\r\nConnection: close\r\n\r\n"));
      }
      Thread back = Thread.ofVirtual().start(() -> pass(server, client));
      pass(client, server);
      back.join();
    } catch (IOException e) {
      // one side went
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void pass(Socket from, Socket to) {
    try {
      OutputStream out = to.getOutputStream();
      from.getInputStream().transferTo(out);
      to.shutdownOutput();
    } catch (IOException e) {
      // one side went
    }
  }

  private static void write(Socket to, String text) throws IOException {
    to.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  private static String head(InputStream in) throws IOException {
    var head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      int c = in.read();
      if (c < 0) {
        throw new IOException("no whole request");
      }
      head.append((char) c);
    }
    return head.toString();
  }

  @Override
  public void close() {
    try {
      listener.close();
    } catch (IOException e) {
      // it does not listen: as wanted
    }
  }
}
