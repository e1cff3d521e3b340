package dev.modgate.testsupport;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/// Writes the answers of a [FakeHost], right and wrong ones.
final class HostFaults {
  private HostFaults() {}

  static void write(HttpExchange exchange, FakeHost.Answer answer) throws IOException {
    answer.headers().forEach((name, value) -> exchange.getResponseHeaders().set(name, value));
    body(exchange, answer.status(), "application/json", answer.json());
  }

  /// @param right what would have been the answer
  static void write(Fault fault, HttpExchange exchange, FakeHost.Answer right)
      throws IOException, InterruptedException {
    switch (fault) {
      case Fault.Status(var status, var text, var headers) -> {
        headers.forEach((name, value) -> exchange.getResponseHeaders().set(name, value));
        body(exchange, status, "text/plain", text);
      }
      case Fault.Replace(var type, var text) -> body(exchange, 200, type, text);
      case Fault.Delay(var before) -> {
        Thread.sleep(before);
        write(exchange, right);
      }
      case Fault.Until(var opened) -> {
        opened.await();
        write(exchange, right);
      }
      case Fault.Endless _ -> endless(exchange);
      case Fault.Stall _ -> {
        exchange.sendResponseHeaders(200, 0);
        exchange.getResponseBody().write('[');
        exchange.getResponseBody().flush();
        Thread.sleep(Long.MAX_VALUE);
      }
      case Fault.HangUp _ -> {} // closed by who called
      case Fault.Cut _, Fault.FlipByte _, Fault.Trickle _, Fault.Raw _ ->
          throw new IllegalArgumentException("a host does not do this: " + fault);
    }
  }

  private static void endless(HttpExchange exchange) throws IOException {
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(200, 0);
    OutputStream out = exchange.getResponseBody();
    byte[] some = "[[[[[[[[[[[[[[[[".repeat(4096).getBytes(StandardCharsets.UTF_8);
    while (true) {
      out.write(some); // until the client hangs up
    }
  }

  private static void body(HttpExchange exchange, int status, String type, String text)
      throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", type);
    exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
    if (bytes.length > 0) {
      exchange.getResponseBody().write(bytes);
    }
  }
}
