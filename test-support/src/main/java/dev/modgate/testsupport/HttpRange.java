package dev.modgate.testsupport;

import java.util.Arrays;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.CRC32;

/// Which part of a body a request gets, where the server knows ranges: `bytes=100-` alone.
///
/// @param status 200, 206 or 416
/// @param headers what the answer says of it
record HttpRange(int status, int from, Map<String, String> headers) {
  private static final Pattern REST = Pattern.compile("bytes=(\\d{1,9})-");

  static HttpRange of(RawHttpServer.Answer answer, FakeUpstream.Seen request) {
    if (!answer.ranges() || answer.body().isEmpty()) {
      return new HttpRange(200, 0, Map.of());
    }
    byte[] body = answer.body().get();
    String tag = tag(body);
    Matcher asked = REST.matcher(request.headers().getOrDefault("range", ""));
    if (!asked.matches() || !request.headers().getOrDefault("if-range", tag).equals(tag)) {
      return new HttpRange(200, 0, Map.of("ETag", tag));
    }
    int from = Integer.parseInt(asked.group(1));
    return from < body.length
        ? new HttpRange(
            206,
            from,
            Map.of(
                "ETag",
                tag,
                "Content-Range",
                "bytes " + from + "-" + (body.length - 1) + "/" + body.length))
        : new HttpRange(416, body.length, Map.of("Content-Range", "bytes */" + body.length));
  }

  static String tag(byte[] body) {
    var sum = new CRC32();
    sum.update(body);
    return "\"" + Long.toHexString(sum.getValue()) + "\"";
  }

  byte[] of(byte[] body) {
    return Arrays.copyOfRange(body, from, body.length);
  }
}
