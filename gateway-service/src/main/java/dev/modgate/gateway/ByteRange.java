package dev.modgate.gateway;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Which bytes of an object a `Range` header asks for (RFC 9110, section 14).
///
/// What is malformed, in another unit, or more than one range is answered with the whole, as the
/// RFC allows.
sealed interface ByteRange {
  record Whole() implements ByteRange {}

  /// @param length at least 1
  record Part(long first, long length) implements ByteRange {}

  /// Begins at or behind the end.
  record Unsatisfiable() implements ByteRange {}

  Pattern ONE = Pattern.compile("bytes=\\s*([0-9]{0,18})-([0-9]{0,18})\\s*");

  /// @param header null where the request has none
  /// @param size of the object, in bytes
  static ByteRange of(@Nullable String header, long size) {
    Matcher m = ONE.matcher(header == null ? "" : header);
    if (!m.matches() || (m.group(1).isEmpty() && m.group(2).isEmpty())) {
      return new Whole();
    }
    if (m.group(1).isEmpty()) {
      long last = Math.min(Long.parseLong(m.group(2)), size);
      return last == 0 ? new Unsatisfiable() : new Part(size - last, last);
    }
    long first = Long.parseLong(m.group(1));
    long last = m.group(2).isEmpty() ? size - 1 : Long.parseLong(m.group(2));
    if (!m.group(2).isEmpty() && last < first) {
      return new Whole();
    }
    return first >= size
        ? new Unsatisfiable()
        : new Part(first, Math.min(last, size - 1) - first + 1);
  }
}
