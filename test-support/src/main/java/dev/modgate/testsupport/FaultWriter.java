package dev.modgate.testsupport;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;

/// Puts a [Fault] on the wire.
final class FaultWriter {
  private static final byte[] CRLF = {'\r', '\n'};

  private FaultWriter() {}

  /// Returns whether the connection can go on.
  static boolean write(
      Fault fault, RawHttpServer.Answer answer, FakeUpstream.Seen request, OutputStream out)
      throws IOException, InterruptedException {
    byte[] right = answer.body().orElse(new byte[0]);
    String type = answer.contentType();
    switch (fault) {
      case Fault.Status f -> {
        byte[] body = f.body().getBytes(StandardCharsets.UTF_8);
        RawHttpServer.head(out, f.status(), "text/plain; charset=utf-8", body.length, f.headers());
        out.write(body);
      }
      case Fault.Replace f -> full(out, f.contentType(), f.body().getBytes(StandardCharsets.UTF_8));
      case Fault.FlipByte f -> full(out, type, flipped(right, f.at()));
      case Fault.Delay f -> {
        Thread.sleep(f.before());
        RawHttpServer.plain(answer, request, out);
      }
      case Fault.Until f -> {
        f.opened().await();
        RawHttpServer.plain(answer, request, out);
      }
      case Fault.Trickle f -> trickle(out, type, right, f);
      case Fault.Cut f -> {
        var range = HttpRange.of(answer, request);
        byte[] rest = range.of(right);
        RawHttpServer.head(
            out, range.status(), type, f.chunked() ? -1 : rest.length, range.headers());
        part(out, Arrays.copyOf(rest, Math.min(f.bytes(), rest.length)), f.chunked());
        return false;
      }
      case Fault.Stall f -> {
        RawHttpServer.head(out, 200, type, right.length, Map.of());
        part(out, Arrays.copyOf(right, Math.min(f.bytes(), right.length)), false);
        Thread.sleep(Duration.ofMinutes(5)); // the client gives up sooner
        return false;
      }
      case Fault.Endless f -> endless(out, type, f);
      case Fault.Raw f -> {
        out.write(f.latin1().getBytes(StandardCharsets.ISO_8859_1));
        out.flush();
        return false;
      }
      case Fault.HangUp() -> {
        return false;
      }
    }
    return true;
  }

  private static void full(OutputStream out, String type, byte[] body) throws IOException {
    RawHttpServer.head(out, 200, type, body.length, Map.of());
    out.write(body);
  }

  private static void part(OutputStream out, byte[] bytes, boolean chunked) throws IOException {
    if (chunked && bytes.length > 0) {
      out.write(Integer.toHexString(bytes.length).getBytes(StandardCharsets.ISO_8859_1));
      out.write(CRLF);
    }
    out.write(bytes);
    if (chunked && bytes.length > 0) {
      out.write(CRLF);
    }
    out.flush();
  }

  private static void trickle(OutputStream out, String type, byte[] body, Fault.Trickle how)
      throws IOException, InterruptedException {
    RawHttpServer.head(out, 200, type, body.length, Map.of());
    for (int at = 0; at < body.length; at += how.bytesPerStep()) {
      out.write(body, at, Math.min(how.bytesPerStep(), body.length - at));
      out.flush();
      Thread.sleep(how.pause());
    }
  }

  private static void endless(OutputStream out, String type, Fault.Endless how) throws IOException {
    boolean chunked = how.announced() == 0;
    RawHttpServer.head(out, 200, type, chunked ? -1 : how.announced(), Map.of());
    byte[] bytes = new byte[64 * 1024];
    bytes[0] = 'P'; // so that it passes for a zip, as far as anybody can see at its start
    bytes[1] = 'K';
    bytes[2] = 3;
    bytes[3] = 4;
    for (long sent = 0; chunked || sent < how.announced(); sent += bytes.length) {
      part(out, bytes, chunked);
    }
  }

  private static byte[] flipped(byte[] right, int at) {
    byte[] wrong = right.clone();
    int index = at < 0 ? wrong.length + at : at;
    wrong[index] = (byte) (wrong[index] ^ 1);
    return wrong;
  }
}
