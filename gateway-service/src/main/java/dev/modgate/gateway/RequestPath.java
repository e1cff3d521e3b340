package dev.modgate.gateway;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// The path of a request as sent, percent-decoded once: `%21` is `!`, and `%252e` stays `%2e`.
final class RequestPath {
  /// Longest path served, in bytes, as sent. Real ones have some hundred.
  static final int MAX_BYTES = 4096;

  private RequestPath() {}

  /// Empty where the path is too long, an escape is broken, or the bytes are no UTF-8.
  static Optional<String> decode(String raw) {
    if (raw.length() > MAX_BYTES || !raw.startsWith("/")) {
      return Optional.empty();
    }
    if (raw.indexOf('%') < 0) {
      return Optional.of(raw);
    }
    var bytes = new ByteArrayOutputStream(raw.length());
    for (int i = 0; i < raw.length(); i++) {
      char c = raw.charAt(i);
      if (c != '%') {
        bytes.writeBytes(String.valueOf(c).getBytes(StandardCharsets.UTF_8));
        continue;
      }
      int high = i + 2 < raw.length() ? Character.digit(raw.charAt(i + 1), 16) : -1;
      int low = i + 2 < raw.length() ? Character.digit(raw.charAt(i + 2), 16) : -1;
      if (high < 0 || low < 0) {
        return Optional.empty();
      }
      bytes.write(high * 16 + low);
      i += 2;
    }
    try {
      return Optional.of(
          StandardCharsets.UTF_8
              .newDecoder()
              .decode(ByteBuffer.wrap(bytes.toByteArray()))
              .toString());
    } catch (CharacterCodingException e) {
      return Optional.empty();
    }
  }
}
