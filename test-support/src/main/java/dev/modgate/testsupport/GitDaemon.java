package dev.modgate.testsupport;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/// The real `git daemon` on loopback.
public final class GitDaemon implements AutoCloseable {
  private static final int TRIES = 200;

  private final Process process;
  private final int port;

  private GitDaemon(Process process, int port) {
    this.process = process;
    this.port = port;
  }

  /// Serves all repositories below a folder; skips the test where there is no `git`.
  public static GitDaemon start(Path root) throws IOException, InterruptedException {
    GitRepository.assumeGit();
    int port;
    try (var free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    var builder =
        new ProcessBuilder(
                "git",
                "daemon",
                "--reuseaddr",
                "--export-all",
                "--listen=127.0.0.1",
                "--port=" + port,
                "--base-path=" + root)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD);
    GitRepository.clean(builder.environment());
    var daemon = new GitDaemon(builder.start(), port);
    for (int i = 0; i < TRIES; i++) {
      try (var _ = new Socket(InetAddress.getLoopbackAddress(), port)) {
        return daemon;
      } catch (IOException e) {
        Thread.sleep(25); // it still starts
      }
    }
    daemon.close();
    throw new IOException("git daemon does not listen on port " + port);
  }

  /// Of the repository `NAME.git`.
  public URI url(String name) {
    return URI.create("git://127.0.0.1:" + port + "/" + name + ".git");
  }

  /// `git daemon` is a child of `git`, and outlives it.
  @Override
  public void close() {
    process.descendants().forEach(ProcessHandle::destroy);
    process.destroy();
    try {
      process.waitFor(5, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
