package dev.modgate.watcher.git;

import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.SimpleFileServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;

/// A web server that knows nothing of Git.
record PlainFiles(HttpServer server) implements AutoCloseable {
  static PlainFiles serve(Path folder) {
    HttpServer server =
        SimpleFileServer.createFileServer(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
            folder.toAbsolutePath(),
            SimpleFileServer.OutputLevel.NONE);
    server.start();
    return new PlainFiles(server);
  }

  URI url(String name) {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/" + name + ".git");
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
