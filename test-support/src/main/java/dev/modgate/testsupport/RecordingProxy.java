package dev.modgate.testsupport;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/// Hands requests on to a port of this machine, and keeps each byte of them. Each connection takes
/// one.
public final class RecordingProxy implements AutoCloseable {
  private final ServerSocket socket;
  private final int target;
  private final List<String> requests = new CopyOnWriteArrayList<>();

  private RecordingProxy(ServerSocket socket, int target) {
    this.socket = socket;
    this.target = target;
  }

  public static RecordingProxy to(int target) throws IOException {
    var proxy =
        new RecordingProxy(new ServerSocket(0, 16, InetAddress.getLoopbackAddress()), target);
    Thread.ofVirtual().start(proxy::serve);
    return proxy;
  }

  public int port() {
    return socket.getLocalPort();
  }

  /// In UTF-8.
  public List<String> requests() {
    return requests;
  }

  private void serve() {
    while (!socket.isClosed()) {
      try (Socket client = socket.accept()) {
        byte[] request = request(client.getInputStream());
        if (request.length > 0) {
          requests.add(new String(request, UTF_8));
          try (var watcher = new Socket(InetAddress.getLoopbackAddress(), target)) {
            watcher.getOutputStream().write(request);
            watcher.shutdownOutput();
            String answer = new String(watcher.getInputStream().readAllBytes(), ISO_8859_1);
            int head = answer.indexOf("\r\n");
            client
                .getOutputStream()
                .write(
                    (answer.substring(0, head) + "\r\nConnection: close" + answer.substring(head))
                        .getBytes(ISO_8859_1));
          }
        }
      } catch (IOException e) {
        // one side went; the agent tries again
      }
    }
  }

  private static byte[] request(InputStream in) throws IOException {
    var request = new ByteArrayOutputStream();
    String head = "";
    while (!head.endsWith("\r\n\r\n")) {
      int b = in.read();
      if (b < 0) {
        return new byte[0];
      }
      request.write(b);
      head = request.toString(ISO_8859_1);
    }
    int length = 0;
    for (String line : head.lines().toList()) {
      if (line.regionMatches(true, 0, "Content-Length:", 0, 15)) {
        length = Integer.parseInt(line.substring(15).strip());
      }
    }
    request.write(in.readNBytes(length));
    return request.toByteArray();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
