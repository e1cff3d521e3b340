package dev.modgate.cli;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/// Whether a gateway answers, and can read its zone store.
final class GatewayLook {
  private static final String NAME = "gateway";
  private static final Duration LIMIT = Duration.ofSeconds(10);
  private static final int MOST_BYTES = 1000;

  private GatewayLook() {}

  static DoctorReport.Line at(URI gateway) {
    String where = String.valueOf(gateway);
    try (var http = HttpClient.newBuilder().connectTimeout(LIMIT).build()) {
      URI health = URI.create(where.replaceFirst("/+$", "") + "/healthz");
      HttpResponse<InputStream> answer =
          http.send(
              HttpRequest.newBuilder(health).timeout(LIMIT).build(), BodyHandlers.ofInputStream());
      String text;
      try (InputStream body = answer.body()) {
        text = new String(body.readNBytes(MOST_BYTES), StandardCharsets.UTF_8).strip();
      }
      return judge(where, answer.statusCode(), text);
    } catch (IOException | IllegalArgumentException e) {
      return new DoctorReport.Line(
          NAME,
          where + " does not answer: " + e,
          "see that the gateway runs, and that modgate.gateway.address and port are right");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw CliException.failed("stopped while the gateway was asked");
    }
  }

  static DoctorReport.Line judge(String where, int status, String text) {
    if (status == 200 && text.equals("ok")) {
      return new DoctorReport.Line(NAME, where + " serves the zone store", "");
    }
    String mount =
        "mount the zone store where modgate.zone-store.path names it; nothing has to be restarted";
    return status == 200 && text.startsWith("ok, from the cache")
        ? new DoctorReport.Line(
            NAME, where + " can't read the zone store, and serves its cache", mount)
        : status == 503
            ? new DoctorReport.Line(NAME, where + " can't read the zone store", mount)
            : new DoctorReport.Line(
                NAME, where + " answers " + status, "see whether that is the address of a gateway");
  }
}
