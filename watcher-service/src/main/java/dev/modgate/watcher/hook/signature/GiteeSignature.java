package dev.modgate.watcher.hook.signature;

import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/// Gitee: a signed time, or the secret itself, in the same header. Neither covers the body.
record GiteeSignature() implements SignatureScheme {
  private static final Duration TOLERANCE = Duration.ofHours(1);

  @Override
  public Authenticity check(HookHeaders headers, byte[] body, List<String> secrets, Instant now) {
    String token = headers.get("X-Gitee-Token").orElse("");
    String time = headers.get("X-Gitee-Timestamp").orElse("");
    boolean timed = time.matches("[0-9]{1,15}");
    String unescaped = token.replace("%2B", "+").replace("%2F", "/").replace("%3D", "=");
    boolean password = false;
    boolean signature = false;
    for (String secret : secrets) {
      byte[] mac = Hmac.sha256(Hmac.bytes(secret), Hmac.bytes(time + "\n" + secret));
      signature |=
          Hmac.equal(Hmac.bytes(Base64.getEncoder().encodeToString(mac)), Hmac.bytes(unescaped));
      password |= Hmac.equalSecrets(secret, token);
    }
    if (token.isEmpty()) {
      return new Authenticity.Unsigned("no X-Gitee-Token came");
    }
    if (signature && timed) {
      return signedAt(Instant.ofEpochMilli(Long.parseLong(time)), time, now);
    }
    return password
        ? new Authenticity.Authentic(Optional.empty(), "")
        : new Authenticity.Wrong(
            "X-Gitee-Token is neither a secret of the source, nor X-Gitee-Timestamp signed with one");
  }

  private static Authenticity signedAt(Instant signedAt, String time, Instant now) {
    return Duration.between(signedAt, now).abs().compareTo(TOLERANCE) > 0
        ? new Authenticity.Stale(
            "signed for " + signedAt + ", more than an hour from our clock's " + now)
        : new Authenticity.Authentic(Optional.empty(), time);
  }
}
