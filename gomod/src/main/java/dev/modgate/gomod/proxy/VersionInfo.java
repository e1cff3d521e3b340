package dev.modgate.gomod.proxy;

import dev.modgate.gomod.quote.Quoted;
import dev.modgate.gomod.semver.Version;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// An `.info` file: `{"Version":"v1.2.3","Time":"2024-05-01T10:00:00Z"}`.
///
/// Not authenticated by anything: the time is what the author's commit says. Field names match in
/// any case, as Go's JSON reader matches them; a field that comes twice is refused, because readers
/// differ about which one counts.
///
/// Source: https://go.dev/ref/mod#goproxy-protocol
///
/// @param commitTime null where the file has none
public record VersionInfo(Version version, @Nullable Instant commitTime) {
  /// Largest file read, in bytes. Real ones have some 300.
  public static final int MAX_BYTES = 64 * 1024;

  private static final Pattern RFC_3339 =
      Pattern.compile(
          "\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d{1,9})?(Z|[+-]\\d\\d:\\d\\d)");

  /// @throws VersionInfoException when it is larger than [#MAX_BYTES], is no JSON object (a web
  ///   page, say), or its `Version` or `Time` is missing or malformed
  public static VersionInfo parse(byte[] json) throws VersionInfoException {
    if (json.length > MAX_BYTES) {
      throw new VersionInfoException(
          ".info has " + json.length + " bytes, at most " + MAX_BYTES + " are read");
    }
    String text = new String(json, StandardCharsets.UTF_8);
    if (looksLikeHtml(text)) {
      throw new VersionInfoException(".info is an HTML page, want JSON");
    }
    Map<String, String> fields = JsonFields.read(text);
    String version = fields.get("version");
    if (version == null) {
      throw new VersionInfoException(".info has no \"Version\"");
    }
    String time = fields.get("time");
    try {
      return new VersionInfo(Version.parse(version), time == null ? null : instant(time));
    } catch (IllegalArgumentException e) {
      throw new VersionInfoException(".info: " + e.getMessage());
    }
  }

  /// When the version was committed, by its author's word.
  public Optional<Instant> time() {
    return Optional.ofNullable(commitTime);
  }

  /// Whether a body begins as a web page does: what a login page or a captive portal answers.
  public static boolean looksLikeHtml(String body) {
    String start =
        body.substring(0, Math.min(body.length(), 512)).stripLeading().toLowerCase(Locale.ROOT);
    return start.startsWith("<!doctype html") || start.startsWith("<html");
  }

  private static Instant instant(String text) {
    if (RFC_3339.matcher(text).matches()) {
      try {
        return OffsetDateTime.parse(text).toInstant();
      } catch (DateTimeException e) {
        // month 13, and the like: said below
      }
    }
    throw new IllegalArgumentException("\"Time\" is " + Quoted.of(text) + ", want RFC 3339");
  }
}
