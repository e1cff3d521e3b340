package dev.modgate.fetcher;

import dev.modgate.testsupport.FakeUpstream;
import dev.modgate.testsupport.SyntheticModule;
import org.junit.jupiter.api.AfterEach;

/// Two upstreams that have one module; a test says what is wrong with them.
abstract class TwoUpstreams {
  final SyntheticModule hello = SyntheticModule.of("example.com/hello@v1.0.0");
  final FakeUpstream first = FakeUpstream.serving(hello);
  final FakeUpstream second = FakeUpstream.serving(hello);

  @AfterEach
  void stop() {
    first.close();
    second.close();
  }

  /// @param separator as in GOPROXY
  String both(String separator) {
    return first.goproxyUrl() + separator + second.goproxyUrl();
  }
}
