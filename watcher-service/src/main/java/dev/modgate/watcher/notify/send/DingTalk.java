package dev.modgate.watcher.notify.send;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

/// How a DingTalk robot knows its sender: two parameters of the query, HMAC-SHA256 of time and
/// secret by the secret.
final class DingTalk {
  private DingTalk() {}

  /// @param now the robot takes it for an hour
  static URI sign(URI robot, String secret, Instant now) {
    long millis = now.toEpochMilli();
    String sign = Hmac.base64(Hmac.utf8(secret), Hmac.utf8(millis + "\n" + secret));
    String text = robot.toString();
    return URI.create(
        text
            + (robot.getRawQuery() == null ? "?" : "&")
            + "timestamp="
            + millis
            + "&sign="
            + URLEncoder.encode(sign, StandardCharsets.UTF_8));
  }
}
