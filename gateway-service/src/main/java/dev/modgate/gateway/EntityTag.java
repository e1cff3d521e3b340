package dev.modgate.gateway;

import dev.modgate.pipeline.store.Revision;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/// A strong entity tag (RFC 9110, section 8.8.3).
///
/// @param value with its quotes
record EntityTag(String value) {
  static EntityTag of(Revision revision) {
    String text = revision.value();
    boolean plain = text.chars().allMatch(c -> c > ' ' && c < 0x7f && c != '"' && c != ',');
    String opaque = plain ? text : HexFormat.of().formatHex(text.getBytes(StandardCharsets.UTF_8));
    return new EntityTag("\"" + opaque + "\"");
  }

  /// @param ifNoneMatch the header: `*`, or tags with commas between, compared weakly; null where
  ///   the request has none
  boolean isKnownBy(@Nullable String ifNoneMatch) {
    if (ifNoneMatch == null) {
      return false;
    }
    for (String tag : ifNoneMatch.split(",", 100)) {
      String bare = tag.strip();
      if (bare.equals("*") || bare.equals(value) || bare.equals("W/" + value)) {
        return true;
      }
    }
    return false;
  }

  /// Whether a `Range` counts. A date never matches: ranges are for who knows the very bytes.
  ///
  /// @param ifRange null where the request has none
  boolean allowsRange(@Nullable String ifRange) {
    return ifRange == null || ifRange.strip().equals(value);
  }
}
