package dev.modgate.fetcher;

import static org.assertj.core.api.Assertions.assertThat;

import dev.modgate.pipeline.event.DeferReason;
import dev.modgate.pipeline.event.ModuleDeferred;
import dev.modgate.pipeline.event.ModuleFetched;
import dev.modgate.pipeline.event.Want;
import dev.modgate.testsupport.FakeUpstream;
import dev.modgate.testsupport.SyntheticModule;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Answers that are no HTTP are the upstream's fault, never the module's nor the code's.
class MalformedAnswersTest {
  private final SyntheticModule hello = SyntheticModule.of("example.com/hello@v1.0.0");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "HTTP/1.1 200 OK\r\nContent-Length: abc\r\n\r\nPK",
        "HTTP/1.1 200 OK\r\nContent-Length: 99999999999999999999999\r\n\r\nPK",
        "HTTP/1.1 200 OK\r\nContent-Length: -5\r\n\r\nPK",
        "HTTP/1.1 200 OK\r\nContent-Length:\r\n\r\nPK",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nPK\r\n0\r\n\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n-1\r\nPK\r\n0\r\n\r\n",
        "HTTP/1.1 404 Gone\r\nContent-Length: abc\r\n\r\nPK",
        "HTTP/1.1 404 Gone\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
        "HTTP/1.1 302 There\r\nLocation: http://a b/\r\nContent-Length: 0\r\n\r\n",
        "HTTP/1.1 302 There\r\nLocation: //\r\nContent-Length: 0\r\n\r\n",
        "HTTP/1.1 abc OK\r\n\r\n",
        "HTTP/1.1 200 OK\r\nno header\r\n\r\n",
        "HTTP/1.1 200 OK\r\nBad Name: 1\r\n\r\n",
        "nonsense\r\n\r\n",
      })
  void theModuleIsPutOffOrComesFromTheNextUpstream(String answer) throws Exception {
    try (var broken = new RawUpstream(answer);
        var next = FakeUpstream.serving(hello)) {
      try (var fetcher = new TestFetcher(broken.url())) {
        var deferred = (ModuleDeferred) fetcher.fetch(hello.module(), Want.ZIP);

        assertThat(deferred.reason())
            .isIn(
                DeferReason.UPSTREAM_BAD_ANSWER,
                DeferReason.UPSTREAM_FAILED,
                DeferReason.NOT_FOUND);
        assertThat(deferred.sentence()).contains(broken.url());
      }
      try (var fetcher = new TestFetcher(broken.url() + "|" + next.goproxyUrl())) {
        assertThat(fetcher.fetch(hello.module(), Want.ZIP)).isInstanceOf(ModuleFetched.class);
      }
    }
  }

  /// Answers everything with the same bytes.
  private static final class RawUpstream implements AutoCloseable {
    private final ServerSocket listener =
        new ServerSocket(0, 50, InetAddress.ofLiteral("127.0.0.1"));
    private final byte[] answer;

    RawUpstream(String answer) throws IOException {
      this.answer = answer.getBytes(StandardCharsets.ISO_8859_1);
      Thread.ofVirtual().start(this::serve);
    }

    String url() {
      return "http://127.0.0.1:" + listener.getLocalPort();
    }

    private void serve() {
      while (!listener.isClosed()) {
        try {
          Socket socket = listener.accept();
          Thread.ofVirtual().start(() -> answer(socket));
        } catch (IOException e) {
          return; // the test is over
        }
      }
    }

    private void answer(Socket accepted) {
      try (Socket socket = accepted) {
        var _ = socket.getInputStream().read(new byte[8192]);
        socket.getOutputStream().write(answer);
        socket.shutdownOutput();
        var _ = socket.getInputStream().readAllBytes(); // until the client hangs up
      } catch (IOException e) {
        // the client went away
      }
    }

    @Override
    public void close() throws IOException {
      listener.close();
    }
  }
}
