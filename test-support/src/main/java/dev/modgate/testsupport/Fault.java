package dev.modgate.testsupport;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;

/// How a [FakeUpstream] misbehaves.
public sealed interface Fault {

  /// Another status, with a text/plain body.
  record Status(int status, String body, Map<String, String> headers) implements Fault {
    public Status {
      headers = Map.copyOf(headers);
    }
  }

  /// 200 and these bytes instead of the right ones.
  record Replace(String contentType, String body) implements Fault {}

  /// The connection is cut after some of the body, or of the range of it that was asked for.
  ///
  /// @param bytes how many are sent
  /// @param chunked false: the answer announces the whole in `Content-Length`
  record Cut(int bytes, boolean chunked) implements Fault {}

  /// Zeros until the client hangs up.
  ///
  /// @param announced as `Content-Length`; 0: chunked
  record Endless(long announced) implements Fault {}

  /// After some of the body nothing more comes, and the connection stays open.
  record Stall(int bytes) implements Fault {}

  /// One byte of the body has one bit flipped.
  ///
  /// @param at from 0; negative: from the end
  record FlipByte(int at) implements Fault {}

  /// The right body, a few bytes at a time.
  record Trickle(int bytesPerStep, Duration pause) implements Fault {}

  /// The right answer, late.
  record Delay(Duration before) implements Fault {}

  /// The right answer, but not before this opens.
  record Until(CountDownLatch opened) implements Fault {}

  /// These bytes, head and all, and the connection is closed.
  record Raw(String latin1) implements Fault {}

  /// The connection is closed without a word.
  record HangUp() implements Fault {}

  static Fault status(int status, String body) {
    return new Status(status, body, Map.of());
  }

  /// 429 or 503.
  static Fault busy(int status, int retryAfterSeconds) {
    return new Status(status, "busy\n", Map.of("Retry-After", Integer.toString(retryAfterSeconds)));
  }

  static Fault redirect(String location) {
    return new Status(302, "", Map.of("Location", location));
  }

  /// A login page, as a captive portal answers.
  static Fault html() {
    return new Replace(
        "text/html; charset=utf-8", "<!DOCTYPE html>\n<html><body>Please log in.</body></html>\n");
  }
}
