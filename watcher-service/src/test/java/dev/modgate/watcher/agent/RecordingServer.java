package dev.modgate.watcher.agent;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/// A server that keeps each request byte for byte, and answers as it is told.
final class RecordingServer implements AutoCloseable {
  private final ServerSocket socket;
  private final List<byte[]> requests = new CopyOnWriteArrayList<>();
  private volatile int status = 500;
  private volatile String body = "";

  private RecordingServer(ServerSocket socket) {
    this.socket = socket;
  }

  static RecordingServer start() throws IOException {
    var server = new RecordingServer(new ServerSocket(0, 16, InetAddress.getLoopbackAddress()));
    Thread.ofVirtual().start(server::serve);
    return server;
  }

  URI url() {
    return URI.create("http://127.0.0.1:" + socket.getLocalPort());
  }

  void answer(int newStatus, String newBody) {
    status = newStatus;
    body = newBody;
  }

  List<byte[]> requests() {
    return requests;
  }

  private void serve() {
    while (!socket.isClosed()) {
      try (Socket client = socket.accept()) {
        requests.add(request(client.getInputStream()));
        byte[] answer = body.getBytes(UTF_8);
        String head =
            "HTTP/1.1 "
                + status
                + " Answer\r\nLocation: http://127.0.0.1:1/\r\nContent-Length: "
                + answer.length
                + "\r\nConnection: close\r\n\r\n";
        client.getOutputStream().write(head.getBytes(UTF_8));
        client.getOutputStream().write(answer);
      } catch (IOException e) {
        // the client went, or the test is over
      }
    }
  }

  private static byte[] request(InputStream in) throws IOException {
    var request = new ByteArrayOutputStream();
    String head = "";
    while (!head.endsWith("\r\n\r\n")) {
      int b = in.read();
      if (b < 0) {
        break;
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
