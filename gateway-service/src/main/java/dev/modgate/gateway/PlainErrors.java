package dev.modgate.gateway;

import dev.modgate.gomod.quote.Plain;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/// What Jetty refuses by itself (an overlong URI, a malformed request), and bugs: one plain line,
/// because the `go` command shows nothing else, and without inner details.
final class PlainErrors extends ErrorHandler {
  @Override
  protected void generateResponse(
      Request request,
      Response response,
      int code,
      @Nullable String message,
      @Nullable Throwable cause,
      Callback callback) {
    String text =
        code >= 500
            ? "the gateway met a fault of its own; see its log.\n"
            : Plain.of(String.valueOf(message)) + "\n";
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    response
        .getHeaders()
        .put(HttpHeader.SERVER, "modgate")
        .put(HttpHeader.CONTENT_TYPE, "text/plain; charset=utf-8")
        .put(HttpHeader.CONTENT_LENGTH, bytes.length);
    if (HttpMethod.HEAD.is(request.getMethod())) {
      callback.succeeded();
    } else {
      response.write(true, ByteBuffer.wrap(bytes), callback);
    }
  }
}
