package dev.modgate.fetcher;

import static org.assertj.core.api.Assertions.assertThat;

import dev.modgate.pipeline.event.ModuleDeferred;
import dev.modgate.pipeline.event.ModuleFetched;
import dev.modgate.pipeline.event.Want;
import dev.modgate.testsupport.FakeUpstream;
import dev.modgate.testsupport.FakeUpstream.Seen;
import dev.modgate.testsupport.Fault;
import dev.modgate.testsupport.SyntheticModule;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A download breaks off, and the next try goes on where it ended.
class ResumeTest {
  private static final int CUT = 100;

  private final SyntheticModule hello = SyntheticModule.of("example.com/hello@v1.0.0");
  private final FakeUpstream upstream = FakeUpstream.serving(hello);

  @AfterEach
  void stop() {
    upstream.close();
  }

  @Test
  void onlyTheRestIsAskedFor() throws Exception {
    upstream.withRanges().fault("\\.zip$", 1, new Fault.Cut(CUT, false));

    assertThatTheRightZipCame();

    assertThat(zipRequests()).hasSize(2);
    assertThat(zipRequests().getFirst().headers()).doesNotContainKeys("range", "if-range");
    assertThat(zipRequests().getLast().headers())
        .containsEntry("range", "bytes=" + CUT + "-")
        .containsKey("if-range");
  }

  @Test
  void aLargeZipComesPieceByPieceHoweverManyTriesItTakes() throws Exception {
    byte[] noise = new byte[9 << 20];
    new Random(1).nextBytes(noise);
    var big = SyntheticModule.of("example.com/big@v1.0.0").withFile("noise.bin", noise);
    upstream.add(big).withRanges().fault("\\.zip$", 8, new Fault.Cut(1 << 20, false));
    try (var fetcher = new TestFetcher(upstream.goproxyUrl())) {
      var fetched = (ModuleFetched) fetcher.fetch(big.module(), Want.ZIP);

      assertThat(fetcher.bytes(fetched.files().zipIfAny().orElseThrow())).isEqualTo(big.zip());
      assertThat(zipRequests()).hasSizeGreaterThanOrEqualTo(9);
    }
  }

  @Test
  void piecesThatAreTooSmallForProgressComeToAnEnd() {
    upstream.withRanges().fault("\\.zip$", new Fault.Cut(1, false));
    try (var fetcher = new TestFetcher(upstream.goproxyUrl())) {
      assertThat(fetcher.fetch(hello.module(), Want.ZIP)).isInstanceOf(ModuleDeferred.class);
      assertThat(zipRequests()).hasSize(3);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "HTTP/1.1 416 No\r\nContent-Length: 0\r\n\r\n",
        "HTTP/1.1 206 Part\r\nContent-Length: 4\r\n\r\nPK34",
        "HTTP/1.1 206 Part\r\nContent-Range: bytes 99-102/103\r\nContent-Length: 4\r\n\r\nPK34",
        "HTTP/1.1 206 Part\r\nContent-Range: bytes 100-103/200\r\nContent-Length: 4\r\n\r\nPK34",
        "HTTP/1.1 206 Part\r\nContent-Range: bytes 100-103/*\r\nContent-Length: 4\r\n\r\nPK34",
        "HTTP/1.1 206 Part\r\nETag: \"other\"\r\nContent-Range: bytes 100-103/104\r\n"
            + "Content-Length: 4\r\n\r\nPK34",
      })
  void whereTheRestCantBeHadItBeginsAnew(String answer) throws Exception {
    upstream
        .withRanges()
        .fault("\\.zip$", 1, new Fault.Raw(answer))
        .fault("\\.zip$", 1, new Fault.Cut(CUT, false));

    assertThatTheRightZipCame();

    assertThat(zipRequests()).hasSize(3);
    assertThat(zipRequests().getLast().headers()).doesNotContainKey("range");
  }

  @Test
  void otherBytesThatComeWholeReplaceThoseThatWereThere() throws Exception {
    upstream.withRanges().fault("\\.zip$", 1, cut("ETag: \"another\""));

    assertThatTheRightZipCame();

    assertThat(zipRequests().getLast().headers()).containsEntry("if-range", "\"another\"");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "X: no validator",
        "ETag: W/\"weak\"",
        "ETag: unquoted",
        "Last-Modified: Tue, 01 Oct 2024 10:00:00 GMT",
        "Date: Tue, 01 Oct 2024 10:00:59 GMT\r\nLast-Modified: Tue, 01 Oct 2024 10:00:00 GMT",
        "ETag: W/\"weak\"\r\nDate: Wed, 02 Oct 2024 10:00:00 GMT\r\n"
            + "Last-Modified: Tue, 01 Oct 2024 10:00:00 GMT",
      })
  void nothingIsAskedForByAWeakValidator(String headers) throws Exception {
    upstream.withRanges().fault("\\.zip$", 1, cut(headers));

    assertThatTheRightZipCame();

    assertThat(zipRequests().getLast().headers()).doesNotContainKey("range");
  }

  @Test
  void aDateThatIsLongAgoIsAStrongOne() throws Exception {
    upstream.fault(
        "\\.zip$",
        1,
        cut(
            "Date: Wed, 02 Oct 2024 10:00:00 GMT\r\n"
                + "Last-Modified: Tue, 01 Oct 2024 10:00:00 GMT"));

    assertThatTheRightZipCame();

    assertThat(zipRequests().getLast().headers())
        .containsEntry("if-range", "Tue, 01 Oct 2024 10:00:00 GMT");
  }

  /// The first bytes of other bytes, of which more are announced.
  private static Fault cut(String headers) {
    return new Fault.Raw(
        "HTTP/1.1 200 OK\r\nContent-Length: 5000\r\n" + headers + "\r\n\r\nPK34" + "x".repeat(600));
  }

  private void assertThatTheRightZipCame() throws Exception {
    try (var fetcher = new TestFetcher(upstream.goproxyUrl())) {
      var fetched = (ModuleFetched) fetcher.fetch(hello.module(), Want.ZIP);

      byte[] zip = fetcher.bytes(fetched.files().zipIfAny().orElseThrow());
      assertThat(new String(zip, StandardCharsets.ISO_8859_1))
          .isEqualTo(new String(hello.zip(), StandardCharsets.ISO_8859_1));
    }
  }

  private List<Seen> zipRequests() {
    return upstream.requests().stream().filter(r -> r.path().endsWith(".zip")).toList();
  }
}
