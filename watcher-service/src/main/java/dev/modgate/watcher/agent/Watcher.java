package dev.modgate.watcher.agent;

import dev.modgate.gomod.quote.Plain;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import javax.net.ssl.SSLContext;

/// The watcher over HTTPS. Its requests have the headers `Host`, `User-Agent: modgate`,
/// `Content-Length` and the body, and nothing else: that crosses outward too.
final class Watcher implements Route, AutoCloseable {
  private static final int MOST_ANSWER_BYTES = 1 << 20;
  private static final Duration CONNECTS_WITHIN = Duration.ofSeconds(10);
  private static final Duration ANSWERS_WITHIN = Duration.ofSeconds(60);
  private static final int MOST_SENTENCE = 500;

  private final URI url;
  private final HttpClient http;

  /// @param url without a path
  /// @param trusted empty for the system's certificate authorities
  Watcher(URI url, Optional<SSLContext> trusted) {
    this.url = url;
    var builder =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(CONNECTS_WITHIN);
    trusted.ifPresent(builder::sslContext);
    this.http = builder.build();
  }

  @Override
  public Delivery deliver(long number, byte[] list) throws IOException, InterruptedException {
    Answer answer = post("/agent/v1/want-lists", list);
    String sentence = answer.sentence();
    return switch (answer.status()) {
      case 202 -> new Delivery.Sent(sentence);
      case 409 -> new Delivery.NotYet(sentence);
      case 413, 422 -> new Delivery.Refused(sentence);
      default -> throw new IOException("the watcher answered " + answer.status() + ": " + sentence);
    };
  }

  /// @param request signed
  /// @return what the watcher signed, not looked at yet
  byte[] statuses(byte[] request) throws IOException, InterruptedException {
    Answer answer = post("/agent/v1/statuses", request);
    if (answer.status() != 200) {
      throw new IOException("the watcher answered " + answer.status() + ": " + answer.sentence());
    }
    return answer.body().getBytes(StandardCharsets.UTF_8);
  }

  private record Answer(int status, String body) {
    String sentence() {
      String text = body.strip();
      return Plain.of(text.substring(0, Math.min(MOST_SENTENCE, text.length())));
    }
  }

  private Answer post(String path, byte[] body) throws IOException, InterruptedException {
    var request =
        HttpRequest.newBuilder(url.resolve(path))
            .timeout(ANSWERS_WITHIN)
            .header("User-Agent", "modgate")
            .POST(HttpRequest.BodyPublishers.ofByteArray(body))
            .build();
    HttpResponse<InputStream> response = http.send(request, BodyHandlers.ofInputStream());
    try (InputStream in = response.body()) {
      var answer = new ByteArrayOutputStream();
      long end = System.nanoTime() + ANSWERS_WITHIN.toNanos();
      var buffer = new byte[8192];
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        answer.write(buffer, 0, n);
        if (answer.size() > MOST_ANSWER_BYTES || System.nanoTime() > end) {
          throw new IOException("the watcher's answer has no end");
        }
      }
      return new Answer(response.statusCode(), answer.toString(StandardCharsets.UTF_8));
    }
  }

  @Override
  public void close() {
    http.shutdownNow();
  }
}
