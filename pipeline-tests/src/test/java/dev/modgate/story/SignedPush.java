package dev.modgate.story;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// A webhook as a Git host sends it: the examples of the watcher's own tests, about a real commit.
///
/// @param headers with the signature
record SignedPush(Map<String, String> headers, String body) {
  /// All examples are about this commit.
  private static final String EXAMPLE = "6113728f27ae82c7b1a177c8d03f9e96e0adf246";

  private static final Path EXAMPLES =
      Path.of("../watcher-service/src/test/resources/dev/modgate/watcher/hook");
  private static final Set<String> NOT_BY_HAND = Set.of("host", "content-length", "connection");

  /// @param example such as `github/push`
  static SignedPush of(String example, String commit, String secret) throws IOException {
    String text = Files.readString(EXAMPLES.resolve(example + ".http")).replace("\r\n", "\n");
    int end = text.indexOf("\n\n");
    var headers = new LinkedHashMap<String, String>();
    for (String line : text.substring(0, end).lines().toList()) {
      int colon = line.indexOf(':');
      String name = line.substring(0, colon);
      if (!NOT_BY_HAND.contains(name.toLowerCase(java.util.Locale.ROOT))) {
        headers.put(name, line.substring(colon + 1).strip());
      }
    }
    String json = text.substring(end + 2).replace(EXAMPLE, commit);
    byte[] body = json.getBytes(StandardCharsets.UTF_8);
    sign(example.substring(0, example.indexOf('/')), headers, body, secret);
    return new SignedPush(headers, json);
  }

  /// Of a host that knows nothing of webhooks: the commit is on `main` now.
  static SignedPush generic(String repository, String commit, String secret) {
    String json =
        "{\"repository\":\"%s\",\"ref\":\"refs/heads/main\",\"after\":\"%s\"}"
            .formatted(repository, commit);
    var headers = new LinkedHashMap<String, String>();
    headers.put("Content-Type", "application/json");
    headers.put("X-Modgate-Delivery", commit);
    sign("generic", headers, json.getBytes(StandardCharsets.UTF_8), secret);
    return new SignedPush(headers, json);
  }

  private static void sign(String kind, Map<String, String> headers, byte[] body, String secret) {
    String hex = HexFormat.of().formatHex(hmac(secret, body));
    switch (kind) {
      case "github" -> headers.put("X-Hub-Signature-256", "sha256=" + hex);
      case "bitbucket" -> headers.put("X-Hub-Signature", "sha256=" + hex);
      case "gitea" -> headers.put("X-Gitea-Signature", hex);
      case "generic" -> headers.put("X-Modgate-Signature", "sha256=" + hex);
      case "gitlab" -> {
        String time = String.valueOf(Instant.now().getEpochSecond());
        byte[] signed =
            ("msg-1." + time + "." + new String(body, StandardCharsets.UTF_8))
                .getBytes(StandardCharsets.UTF_8);
        headers.put("webhook-id", "msg-1");
        headers.put("webhook-timestamp", time);
        headers.put(
            "webhook-signature", "v1," + Base64.getEncoder().encodeToString(hmac(secret, signed)));
      }
      case "gitee" -> {
        String time = String.valueOf(Instant.now().toEpochMilli());
        byte[] signed = (time + "\n" + secret).getBytes(StandardCharsets.UTF_8);
        headers.put("X-Gitee-Timestamp", time);
        headers.put("X-Gitee-Token", Base64.getEncoder().encodeToString(hmac(secret, signed)));
      }
      default -> throw new IllegalArgumentException(kind);
    }
  }

  private static byte[] hmac(String secret, byte[] text) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
      return mac.doFinal(text);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /// Those kinds of hosts that tell a commit's status.
  static List<String> kinds() {
    return List.of("github", "gitlab", "gitea", "bitbucket", "gitee", "generic");
  }
}
