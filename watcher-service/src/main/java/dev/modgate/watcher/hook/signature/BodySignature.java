package dev.modgate.watcher.hook.signature;

import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/// Hex HMAC-SHA256 of the body in a header.
///
/// @param headers of which the first that came counts
/// @param ids headers with the delivery's id
record BodySignature(List<String> headers, Prefix prefix, List<String> ids)
    implements SignatureScheme {
  private static final String SHA256 = "sha256=";

  /// Whether `sha256=` stands before the hex digits.
  enum Prefix {
    WANTED,
    ALLOWED,
    NONE
  }

  @Override
  public Authenticity check(HookHeaders sent, byte[] body, List<String> secrets, Instant now) {
    Optional<String> signature = sent.first(headers).filter(text -> !text.isEmpty());
    byte[] presented = signature.flatMap(this::digits).orElse(new byte[0]);
    boolean right = false;
    for (String secret : secrets) {
      right |= Hmac.equal(Hmac.sha256(Hmac.bytes(secret), body), presented);
    }
    if (signature.isEmpty()) {
      return new Authenticity.Unsigned("no " + String.join(" or ", headers) + " came");
    }
    return right
        ? new Authenticity.Authentic(sent.first(ids), "")
        : new Authenticity.Wrong(
            presented.length == 0
                ? String.join(" or ", headers) + " is no HMAC-SHA256 in hex"
                : "none of the source's secrets has signed this body");
  }

  private Optional<byte[]> digits(String signature) {
    boolean prefixed = signature.startsWith(SHA256);
    boolean asWanted =
        switch (prefix) {
          case WANTED -> prefixed;
          case ALLOWED -> true;
          case NONE -> !prefixed;
        };
    String hex = prefixed ? signature.substring(SHA256.length()) : signature;
    return asWanted && hex.matches("[0-9a-fA-F]{64}")
        ? Optional.of(HexFormat.of().parseHex(hex))
        : Optional.empty();
  }
}
