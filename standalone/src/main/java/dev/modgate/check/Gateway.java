package dev.modgate.check;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/// Asks a gateway for files. For many threads at once.
public final class Gateway {
  /// More than a gateway ever says.
  private static final int MOST_SENTENCE_BYTES = 4096;

  private static final int TRIES = 3;
  private static final Duration CONNECT = Duration.ofSeconds(5);

  private final URI base;
  private final Duration limit;
  private final Duration pause;
  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .followRedirects(HttpClient.Redirect.NEVER)
          .connectTimeout(CONNECT)
          .build();

  /// @param base as GOPROXY names it, with or without a slash at its end
  public Gateway(URI base) {
    this(base, Duration.ofSeconds(60), Duration.ofSeconds(1));
  }

  /// @param limit for one answer
  /// @param pause before a second try
  Gateway(URI base, Duration limit, Duration pause) {
    String text = base.toString();
    this.base = URI.create(text.endsWith("/") ? text : text + "/");
    this.limit = limit;
    this.pause = pause;
  }

  /// What it answers.
  static final class Answer {
    private final int status;
    private final byte[] body;

    private Answer(int status, byte[] body) {
      this.status = status;
      this.body = body;
    }

    /// Of a 200, where it was asked for.
    byte[] body() {
      return body;
    }

    boolean isInside() {
      return status == 200;
    }

    boolean isRefused() {
      return status == 403;
    }

    /// Of all but a 200: the gateway's own.
    String sentence() {
      return new String(body, StandardCharsets.UTF_8).strip();
    }
  }

  /// Whether a file is inside; else why not.
  ///
  /// @param path of the GOPROXY protocol, without a leading slash
  Answer head(String path) throws GatewayException {
    Answer answer = ask("HEAD", path, 0);
    return answer.isInside() ? answer : ask("GET", path, 0);
  }

  /// A whole file; else why not.
  ///
  /// @param most bytes; of a larger one these and one more are read
  Answer get(String path, int most) throws GatewayException {
    return ask("GET", path, most + 1);
  }

  private Answer ask(String method, String path, int most) throws GatewayException {
    String last = "";
    for (int i = 0; i < TRIES; i++) {
      if (i > 0) {
        sleep(pause.multipliedBy(i));
      }
      try {
        Answer answer = once(method, path, most);
        switch (answer.status) {
          case 200, 403, 404, 410 -> {
            return answer;
          }
          default -> last = "it answered " + answer.status + ": " + answer.sentence();
        }
      } catch (IOException e) {
        String message = e.getMessage();
        last = message == null || message.isEmpty() ? "connection refused" : message;
      }
    }
    throw new GatewayException(
        "the gateway at " + base + " does not say whether " + path + " is inside: " + last);
  }

  private Answer once(String method, String path, int most) throws IOException, GatewayException {
    HttpRequest request =
        HttpRequest.newBuilder(base.resolve(raw(path)))
            .method(method, HttpRequest.BodyPublishers.noBody())
            .timeout(limit)
            .build();
    try {
      HttpResponse<InputStream> response = http.send(request, BodyHandlers.ofInputStream());
      try (InputStream in = response.body()) {
        int room = response.statusCode() == 200 ? most : MOST_SENTENCE_BYTES;
        return new Answer(response.statusCode(), in.readNBytes(room));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new GatewayException("interrupted");
    }
  }

  /// As `go` writes it.
  private static String raw(String path) {
    return path.replace("!", "%21");
  }

  private static void sleep(Duration pause) throws GatewayException {
    try {
      Thread.sleep(pause);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new GatewayException("interrupted");
    }
  }

  @Override
  public String toString() {
    return base.toString();
  }
}
