package dev.modgate.watcher.hook;

import dev.modgate.watcher.hook.signature.HookHeaders;
import dev.modgate.watcher.source.HostKind;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// A delivery as its host sends it: headers, a blank line and the body, in a file of its own.
public final class Example {
  public static final String COMMIT = "6113728f27ae82c7b1a177c8d03f9e96e0adf246";
  public static final String TAG_OBJECT = "c441029cf673f84c8b7db52d0a5944ee5c52ff89";

  private final HostKind host;
  private final Map<String, String> headers;
  private final byte[] body;

  private Example(HostKind host, Map<String, String> headers, byte[] body) {
    this.host = host;
    this.headers = headers;
    this.body = body;
  }

  public HostKind host() {
    return host;
  }

  public Map<String, String> headers() {
    return headers;
  }

  public byte[] body() {
    return body;
  }

  /// @param name such as `github/push`
  public static Example of(String name) {
    try (InputStream in = Example.class.getResourceAsStream(name + ".http")) {
      String text =
          new String(Objects.requireNonNull(in, name).readAllBytes(), StandardCharsets.UTF_8);
      int end = text.indexOf("\n\n");
      var headers = new TreeMap<String, String>(String.CASE_INSENSITIVE_ORDER);
      text.substring(0, end)
          .lines()
          .forEach(
              line -> headers.put(line.substring(0, line.indexOf(':')), line.split(": ", 2)[1]));
      String kind = name.substring(0, name.indexOf('/'));
      return new Example(
          HostKind.valueOf(kind.toUpperCase(Locale.ROOT)),
          headers,
          text.substring(end + 2).getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  public Example with(String header, String value) {
    var more = new TreeMap<>(headers);
    more.put(header, value);
    return new Example(host, more, body);
  }

  public Example without(String... names) {
    var fewer = new TreeMap<>(headers);
    Stream.of(names).forEach(fewer::remove);
    return new Example(host, fewer, body);
  }

  public Example withBody(byte[] other) {
    return new Example(host, headers, other);
  }

  public Example withBody(String other) {
    return withBody(other.getBytes(StandardCharsets.UTF_8));
  }

  public Example withId(String id) {
    return switch (host) {
      case GITHUB -> with("X-GitHub-Delivery", id);
      case GITLAB ->
          headers.containsKey("webhook-id") ? with("webhook-id", id) : with("Idempotency-Key", id);
      case GITEA -> with("X-Gitea-Delivery", id);
      case BITBUCKET -> with("X-Request-UUID", id);
      case GITEE -> throw new IllegalStateException("has none");
      case GENERIC -> with("X-Modgate-Delivery", id);
    };
  }

  /// As the host does it now.
  public Example signed(String secret, Instant now) {
    return switch (host) {
      case GITHUB -> with("X-Hub-Signature-256", "sha256=" + hex(secret, body));
      case GITLAB ->
          headers.containsKey("webhook-id")
              ? signedAsTheStandardSays(secret, now)
              : with("X-Gitlab-Token", secret);
      case GITEA -> {
        Example signed = with("X-Gitea-Signature", hex(secret, body));
        yield headers.containsKey("X-Forgejo-Event")
            ? signed.with("X-Forgejo-Signature", hex(secret, body))
            : signed;
      }
      case BITBUCKET -> with("X-Hub-Signature", "sha256=" + hex(secret, body));
      case GITEE -> {
        String time = String.valueOf(now.toEpochMilli());
        byte[] mac = hmac(secret.getBytes(StandardCharsets.UTF_8), bytes(time + "\n" + secret));
        yield with("X-Gitee-Timestamp", time)
            .with("X-Gitee-Token", Base64.getEncoder().encodeToString(mac));
      }
      case GENERIC -> with("X-Modgate-Signature", "sha256=" + hex(secret, body));
    };
  }

  private Example signedAsTheStandardSays(String secret, Instant now) {
    String time = String.valueOf(now.getEpochSecond());
    byte[] key =
        secret.startsWith("whsec_")
            ? Base64.getDecoder().decode(secret.substring(6))
            : bytes(secret);
    byte[] mac = hmac(key, bytes(headers.get("webhook-id") + "." + time + "."), body);
    return with("webhook-timestamp", time)
        .with("webhook-signature", "v1," + Base64.getEncoder().encodeToString(mac));
  }

  public HookHeaders hookHeaders() {
    return new HookHeaders(
        headers.entrySet().stream()
            .collect(Collectors.toMap(Map.Entry::getKey, entry -> List.of(entry.getValue()))));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  public static String hex(String secret, byte[] body) {
    return HexFormat.of().formatHex(hmac(bytes(secret), body));
  }

  private static byte[] hmac(byte[] key, byte[]... parts) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      for (byte[] part : parts) {
        mac.update(part);
      }
      return mac.doFinal();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
