package dev.modgate.watcher.hook.signature;

import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// GitLab: signed as in Standard Webhooks 1.0 (https://www.standardwebhooks.com), or with the
/// secret itself in a header.
record GitlabSignature() implements SignatureScheme {
  private static final String KEY_PREFIX = "whsec_";
  private static final String VERSION = "v1,";
  private static final Duration TOLERANCE = Duration.ofMinutes(5);

  /// The standard has several for a time of rotation.
  private static final int MOST_SIGNATURES = 8;

  @Override
  public Authenticity check(HookHeaders headers, byte[] body, List<String> secrets, Instant now) {
    Optional<String> signature = headers.get("webhook-signature");
    if (signature.isPresent()) {
      return signed(signature.get(), headers, body, secrets, now);
    }
    return headers
        .get("X-Gitlab-Token")
        .filter(token -> !token.isEmpty())
        .map(token -> plain(token, headers, secrets))
        .orElseGet(
            () -> new Authenticity.Unsigned("neither webhook-signature nor X-Gitlab-Token came"));
  }

  private static Authenticity signed(
      String signature, HookHeaders headers, byte[] body, List<String> secrets, Instant now) {
    String id = headers.get("webhook-id").orElse("");
    String time = headers.get("webhook-timestamp").orElse("");
    if (id.isEmpty() || !time.matches("[0-9]{1,12}")) {
      return new Authenticity.Wrong(
          "webhook-signature came without a webhook-id or a webhook-timestamp in seconds");
    }
    List<byte[]> presented =
        Stream.of(signature.split(" "))
            .filter(text -> text.startsWith(VERSION))
            .limit(MOST_SIGNATURES)
            .flatMap(text -> decoded(text.substring(VERSION.length())).stream())
            .toList();
    boolean right = false;
    for (String secret : secrets) {
      byte[] mac = Hmac.sha256(key(secret), Hmac.bytes(id + "." + time + "."), body);
      for (byte[] one : presented) {
        right |= Hmac.equal(mac, one);
      }
    }
    if (!right) {
      return new Authenticity.Wrong(
          presented.isEmpty()
              ? "webhook-signature is no \"v1,\" and base64"
              : "none of the source's secrets has signed this id, time and body");
    }
    Instant signedAt = Instant.ofEpochSecond(Long.parseLong(time));
    return Duration.between(signedAt, now).abs().compareTo(TOLERANCE) > 0
        ? new Authenticity.Stale(
            "signed for " + signedAt + ", more than 5 minutes from our clock's " + now)
        : new Authenticity.Authentic(Optional.of(id), time);
  }

  /// The UUID of an event is that of all refs of one push, and of what they lead to.
  private static Authenticity plain(String token, HookHeaders headers, List<String> secrets) {
    boolean right = false;
    for (String secret : secrets) {
      boolean same = Hmac.equalSecrets(secret, token);
      right |= same && !secret.startsWith(KEY_PREFIX);
    }
    return right
        ? new Authenticity.Authentic(
            headers.get("Idempotency-Key"), headers.get("X-Gitlab-Event-UUID").orElse(""))
        : new Authenticity.Wrong("X-Gitlab-Token is none of the source's secrets");
  }

  /// What has the prefix and is no base64 is a key as it stands: nobody signs with it.
  private static byte[] key(String secret) {
    return Optional.of(secret)
        .filter(text -> text.startsWith(KEY_PREFIX))
        .flatMap(text -> decoded(text.substring(KEY_PREFIX.length())))
        .filter(key -> key.length > 0)
        .orElseGet(() -> Hmac.bytes(secret));
  }

  private static Optional<byte[]> decoded(String base64) {
    try {
      return Optional.of(Base64.getDecoder().decode(base64));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
