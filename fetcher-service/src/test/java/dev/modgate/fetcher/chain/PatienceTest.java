package dev.modgate.fetcher.chain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.modgate.fetcher.resilience.ResiliencePolicy;
import dev.modgate.fetcher.source.Answer;
import dev.modgate.fetcher.source.Patience;
import dev.modgate.fetcher.source.Source;
import dev.modgate.fetcher.source.UpstreamFailedException;
import dev.modgate.fetcher.upstream.FileKind;
import dev.modgate.fetcher.upstream.Upstream;
import dev.modgate.gomod.module.ModuleVersion;
import dev.modgate.gomod.proxy.ProxyList;
import dev.modgate.pipeline.store.BlobStore;
import dev.modgate.pipeline.store.MemoryObjectStore;
import dev.modgate.testsupport.SyntheticModule;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/// On a clock that only the upstreams move.
class PatienceTest {
  private static ResiliencePolicy policy(Duration total) {
    return new ResiliencePolicy(
        new ResiliencePolicy.Trying(
            3, Duration.ofMillis(10), Duration.ofMillis(10), Duration.ofSeconds(30), total),
        new ResiliencePolicy.Load(16, 0),
        new ResiliencePolicy.Opening(
            ResiliencePolicy.By.CALLS,
            50,
            50,
            50,
            Duration.ofMinutes(1),
            100,
            Duration.ofSeconds(1),
            1),
        Duration.ZERO);
  }

  private final ModuleVersion module = SyntheticModule.of("example.com/hello@v1.0.0").module();
  private final AtomicLong now = new AtomicLong();
  private final Patience patience = new Patience(Patience.IN_PLACE, now::get);
  private final List<Duration> waits = new ArrayList<>();

  @Test
  void upstreamsThatKeepSilentHaveOneMinuteInAll() throws Exception {
    FileWalk.Outcome outcome = walk("http://a.example|http://b.example|http://c.example", silent());

    assertThat(outcome).isInstanceOf(FileWalk.Outcome.NotHad.class);
    assertThat(waits).containsExactly(seconds(20), seconds(20), seconds(20));
    assertThat(now).hasValue(seconds(60).toNanos());
  }

  @Test
  void nothingIsKeptForAnUpstreamThatAFailureDoesNotLeadTo() throws Exception {
    FileWalk.Outcome outcome = walk("http://a.example,http://b.example", silent());

    assertThat(outcome).isInstanceOf(FileWalk.Outcome.NotHad.class);
    assertThat(waits).containsExactly(seconds(60));
  }

  @Test
  void anUpstreamHasNoLongerThanItsOwnLimit() throws Exception {
    FileWalk.Outcome outcome =
        walk("http://a.example|http://b.example", silent(), policy(Duration.ofSeconds(10)));

    assertThat(outcome).isInstanceOf(FileWalk.Outcome.NotHad.class);
    assertThat(waits).containsExactly(seconds(10), seconds(10));
  }

  @Test
  void aRetryAfterThatIsLongerThanWhatIsLeftIsNotWaitedFor() throws Exception {
    Source busy =
        (wanted, left) -> {
          waits.add(left.left());
          pass(seconds(40));
          throw new UpstreamFailedException(
              UpstreamFailedException.Scope.UNKNOWN, "busy", null, seconds(25));
        };

    assertThat(walk("http://a.example", busy)).isInstanceOf(FileWalk.Outcome.NotHad.class);

    assertThat(waits).hasSize(1);
  }

  @Test
  void aDownloadThatMakesProgressIsExempt() throws Exception {
    var tries = new AtomicLong();
    Source slow =
        (wanted, left) -> {
          assertThat(left.left()).isEqualTo(seconds(60));
          tries.incrementAndGet();
          return new Answer.Got<>(Source.Body.whole(breaksOffAfter(100), OptionalLong.empty()));
        };

    assertThat(walk("http://a.example", slow)).isInstanceOf(FileWalk.Outcome.NotHad.class);

    assertThat(tries).hasValue(3);
  }

  /// Waits as long as it may.
  private Source silent() {
    return (wanted, left) -> {
      Duration wait = left.forAnswer(seconds(60));
      waits.add(wait);
      pass(wait);
      throw new UpstreamFailedException(UpstreamFailedException.Scope.UNKNOWN, "silent", null);
    };
  }

  /// A byte each ten seconds.
  private InputStream breaksOffAfter(int bytes) {
    return new InputStream() {
      private int left = bytes;

      @Override
      public int read() {
        throw new UnsupportedOperationException();
      }

      @Override
      public int read(byte[] into, int offset, int length) throws IOException {
        if (left-- == 0) {
          throw new EOFException("cut");
        }
        pass(seconds(10));
        into[offset] = 'x';
        return 1;
      }
    };
  }

  private FileWalk.Outcome walk(String goproxy, Source source) throws Exception {
    return walk(goproxy, source, policy(Patience.IN_PLACE));
  }

  private FileWalk.Outcome walk(String goproxy, Source source, ResiliencePolicy policy)
      throws Exception {
    var blobs = new BlobStore(new MemoryObjectStore());
    List<Upstream> chain =
        ProxyList.parse(goproxy).stream()
            .map(ProxyList.Upstream.class::cast)
            .map(e -> new Upstream(e, source, blobs, policy, Clock.systemUTC()))
            .toList();
    List<Place.Turn> turns =
        Groups.NONE.places(chain).stream().flatMap(place -> place.turns().stream()).toList();
    return new FileWalk(turns, module, FileKind.MOD, Set.of(), false).run(patience);
  }

  private void pass(Duration time) {
    now.addAndGet(time.toNanos());
  }

  private static Duration seconds(int seconds) {
    return Duration.ofSeconds(seconds);
  }
}
