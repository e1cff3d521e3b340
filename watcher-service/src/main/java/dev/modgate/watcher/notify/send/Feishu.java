package dev.modgate.watcher.notify.send;

import java.time.Instant;

/// How a Feishu robot knows its sender: HMAC-SHA256 of nothing, by a key that is made of the time
/// and the secret.
final class Feishu {
  private Feishu() {}

  /// @param timestamp seconds; the robot takes it for an hour
  record Signature(String timestamp, String sign) {}

  static Signature sign(String secret, Instant now) {
    String timestamp = Long.toString(now.getEpochSecond());
    return new Signature(timestamp, Hmac.base64(Hmac.utf8(timestamp + "\n" + secret), new byte[0]));
  }
}
