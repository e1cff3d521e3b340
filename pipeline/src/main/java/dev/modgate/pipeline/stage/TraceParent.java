package dev.modgate.pipeline.stage;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;

/// The W3C `traceparent` header, which ties together what comes of one request.
final class TraceParent {
  static final String HEADER = "traceparent";

  private static final Pattern FORM =
      Pattern.compile("00-(?!0{32})([0-9a-f]{32})-(?!0{16})[0-9a-f]{16}-([0-9a-f]{2})");

  private TraceParent() {}

  /// A new span in the trace of the record with these headers; a new trace where they name none.
  static String following(Headers headers) {
    Header header = headers.lastHeader(HEADER);
    if (header != null && header.value() != null) {
      Matcher form = FORM.matcher(new String(header.value(), StandardCharsets.US_ASCII));
      if (form.matches()) {
        return "00-" + form.group(1) + "-" + random(8) + "-" + form.group(2);
      }
    }
    return "00-" + random(16) + "-" + random(8) + "-01";
  }

  private static String random(int bytes) {
    var id = new byte[bytes];
    ThreadLocalRandom.current().nextBytes(id);
    id[0] |= 1; // never all zero
    return HexFormat.of().formatHex(id);
  }
}
