package dev.modgate.fetcher;

import static org.assertj.core.api.Assertions.assertThat;

import dev.modgate.fetcher.resilience.ResiliencePolicy;
import dev.modgate.gomod.proxy.ProxyPath;
import dev.modgate.pipeline.event.DeferReason;
import dev.modgate.pipeline.event.Files;
import dev.modgate.pipeline.event.ModuleDeferred;
import dev.modgate.pipeline.event.ModuleEvent;
import dev.modgate.pipeline.event.ModuleFetched;
import dev.modgate.pipeline.event.Want;
import dev.modgate.pipeline.stage.DependencyDownException;
import dev.modgate.pipeline.stage.NotNowException;
import dev.modgate.pipeline.store.MemoryObjectStore;
import dev.modgate.testsupport.Fault;
import dev.modgate.testsupport.SyntheticModule;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UpstreamsTest extends TwoUpstreams {
  @ParameterizedTest
  @CsvSource({
    // separator, status of the first's .info, whether the second is asked
    "',', 404, true",
    "',', 410, true",
    "',', 403, false",
    "',', 500, false",
    "',', 429, false",
    "'|', 404, true",
    "'|', 410, true",
    "'|', 403, true",
    "'|', 500, true",
    "'|', 429, true",
  })
  void walksTheChainAsTheGoCommandDoes(String separator, int status, boolean secondIsAsked) {
    first.fault("\\.info$", Fault.status(status, "no\n"));
    try (var fetcher = new TestFetcher(both(separator))) {
      ModuleEvent event = fetcher.fetch(hello.module(), Want.ZIP);

      assertThat(second.count() > 0).isEqualTo(secondIsAsked);
      assertThat(event instanceof ModuleFetched).isEqualTo(secondIsAsked);
      if (event instanceof ModuleFetched fetched) {
        assertThat(fetched.fetch().from(Files.Kind.INFO)).isEqualTo(second.goproxyUrl());
      }
    }
  }

  @Test
  void behindABarAWebPageOrATooLargeFileIsPassedOver() {
    first.fault("\\.zip$", 1, Fault.html()).fault("\\.mod$", 1, new Fault.Endless(1L << 40));
    try (var fetcher = new TestFetcher(both("|"))) {
      assertThat(fetcher.fetch(hello.module(), Want.ZIP)).isInstanceOf(ModuleFetched.class);
      assertThat(fetcher.fetch(hello.module(), Want.ZIP)).isInstanceOf(ModuleFetched.class);
    }
  }

  @Test
  void absenceIsFinalOnlyWhereEveryUpstreamSaysSo() {
    var ghost = SyntheticModule.of("example.com/ghost@v1.0.0").module();
    try (var fetcher = new TestFetcher(both("|"))) {
      var absent = (ModuleDeferred) fetcher.fetch(ghost, Want.MOD);
      assertThat(absent.reason()).isEqualTo(DeferReason.NOT_FOUND);
      assertThat(absent.sentence())
          .contains(first.goproxyUrl() + " answered 404", second.goproxyUrl() + " answered 404");

      second.fault(".", Fault.status(500, "oops\n"));
      var unknown = (ModuleDeferred) fetcher.fetch(ghost, Want.MOD);
      assertThat(unknown.reason()).isEqualTo(DeferReason.UPSTREAM_FAILED);
    }
  }

  @Test
  void theWordsOfAnUpstreamAreShownOnOneLineWithoutEscapeSequences() {
    first.fault(".", Fault.status(404, "gone\u001b[2J\nfor\u009b good \u202e"));
    try (var fetcher = new TestFetcher(first.goproxyUrl())) {
      var absent = (ModuleDeferred) fetcher.fetch(hello.module(), Want.MOD);

      assertThat(absent.sentence()).endsWith(" answered 404 (gone [2J for\\u009b good \\u202e)");
    }
  }

  @Test
  void aStatusLineDoesNotSteerTheTerminal() throws Exception {
    try (var socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        var fetcher = new TestFetcher("http://127.0.0.1:" + socket.getLocalPort())) {
      Thread.ofVirtual().start(() -> answerAll(socket, "\u001b]0;pwned\u0007\u009b\r\n\r\n"));

      var failed = (ModuleDeferred) fetcher.fetch(hello.module(), Want.MOD);

      assertThat(failed.sentence())
          .contains("pwned")
          .matches(text -> text.chars().noneMatch(Character::isISOControl));
      assertThat(fetcher.chain.status().getFirst().sentence())
          .matches(text -> text.chars().noneMatch(Character::isISOControl));
    }
  }

  private static void answerAll(ServerSocket socket, String bytes) {
    try {
      while (true) {
        try (Socket connection = socket.accept()) {
          connection.getOutputStream().write(bytes.getBytes(StandardCharsets.ISO_8859_1));
        }
      }
    } catch (IOException e) {
      // closed: the test is over
    }
  }

  @Test
  void theBreakerOpensThePauseNamesTheUpstreamAndItHeals() throws Exception {
    first.down();
    try (var fetcher = fetcher(first.goproxyUrl(), TestFetcher.resilience(1))) {
      var request = TestFetcher.request(hello.module(), Want.ZIP);
      DependencyDownException pause = pause(fetcher);
      assertThat(pause.reason()).contains(first.goproxyUrl(), "breaker ", "no connection");
      assertThat(pause.retryAfter()).isPositive();
      assertThat(fetcher.chain.status().getFirst().shut()).isTrue();

      first.up();
      Thread.sleep(300);
      assertThat(fetcher.work.process(request).getFirst()).isInstanceOf(ModuleFetched.class);
      assertThat(fetcher.chain.status().getFirst().breaker()).isEqualTo("closed");
    }
  }

  /// On a busy machine a version may be put off before its breaker has seen enough.
  private DependencyDownException pause(TestFetcher fetcher) throws InterruptedException {
    for (int i = 0; i < 50; i++) {
      try {
        fetcher.work.process(TestFetcher.request(hello.module(), Want.ZIP));
        throw new AssertionError("a dead upstream gave something");
      } catch (NotNowException e) {
        assertThat(e.reason()).isEqualTo(DeferReason.UPSTREAM_FAILED);
      } catch (DependencyDownException e) {
        return e;
      }
    }
    throw new AssertionError("it never pauses");
  }

  @Test
  void absenceNeverOpensTheBreaker() {
    try (var fetcher = fetcher(first.goproxyUrl(), TestFetcher.resilience(2))) {
      for (int i = 0; i < 10; i++) {
        fetcher.fetch(SyntheticModule.of("example.com/ghost" + i + "@v1.0.0").module(), Want.MOD);
      }

      assertThat(fetcher.chain.status().getFirst().breaker()).isEqualTo("closed");
    }
  }

  @Test
  void followsRedirectsToUpstreamsOnly() {
    String zip = ProxyPath.zip(hello.module());
    first.fault("\\.zip$", Fault.redirect(second.goproxyUrl() + "/" + zip));
    try (var fetcher = new TestFetcher(both(","))) {
      assertThat(fetcher.fetch(hello.module(), Want.ZIP)).isInstanceOf(ModuleFetched.class);
      assertThat(second.count()).isEqualTo(1);
    }

    try (var fetcher = new TestFetcher(first.goproxyUrl())) {
      var event = (ModuleDeferred) fetcher.fetch(hello.module(), Want.ZIP);
      assertThat(event.reason()).isEqualTo(DeferReason.UPSTREAM_BAD_ANSWER);
      assertThat(event.sentence()).contains("redirects to host \"127.0.0.1:");
      assertThat(second.count()).isEqualTo(1);
    }
  }

  @Test
  void aRedirectTargetThatIsAwayIsNotTheUpstreamsFault() throws Exception {
    int nobody;
    try (var port = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      nobody = port.getLocalPort();
    }
    first.fault(".", Fault.redirect("http://127.0.0.1:" + nobody + "/x"));
    String chain = first.goproxyUrl() + ",http://127.0.0.1:" + nobody;
    try (var fetcher = fetcher(chain, TestFetcher.resilience(2))) {
      var event = (ModuleDeferred) fetcher.fetch(hello.module(), Want.ZIP);

      assertThat(event.reason()).isEqualTo(DeferReason.UPSTREAM_FAILED);
      assertThat(event.sentence()).contains("no connection");
      assertThat(fetcher.chain.status().getFirst().breaker()).isEqualTo("closed");
    }
  }

  @Test
  void sendsNoCredentialsAlongARedirectToAnotherPort() {
    first.requireCredentials("ann", "pw");
    first.fault(
        "\\.zip$", Fault.redirect(second.goproxyUrl() + "/" + ProxyPath.zip(hello.module())));
    try (var fetcher = new TestFetcher(first.goproxyUrl("ann", "pw") + "," + second.goproxyUrl())) {
      assertThat(fetcher.fetch(hello.module(), Want.ZIP)).isInstanceOf(ModuleFetched.class);

      assertThat(second.requests()).hasSize(1);
      assertThat(second.requests().getFirst().headers()).doesNotContainKey("authorization");
    }
  }

  @Test
  void givesUpOnARedirectLoop() {
    first.fault("\\.zip$", Fault.redirect("/" + ProxyPath.zip(hello.module())));
    try (var fetcher = new TestFetcher(first.goproxyUrl())) {
      var event = (ModuleDeferred) fetcher.fetch(hello.module(), Want.ZIP);

      assertThat(event.sentence()).contains("redirects more than 5 times");
    }
  }

  private static TestFetcher fetcher(String goproxy, ResiliencePolicy resilience) {
    return new TestFetcher(goproxy, new MemoryObjectStore(), TestFetcher.HTTP, resilience);
  }
}
