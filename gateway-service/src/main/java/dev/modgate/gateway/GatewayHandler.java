package dev.modgate.gateway;

import dev.modgate.gateway.cache.CachedObject;
import dev.modgate.gomod.quote.Quoted;
import dev.modgate.pipeline.store.ObjectReader;
import dev.modgate.pipeline.store.ObjectStat;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.http.PreEncodedHttpField;
import org.eclipse.jetty.io.ByteBufferPool;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Turns answers into HTTP.
final class GatewayHandler extends Handler.Abstract {
  private static final Logger log = LoggerFactory.getLogger(GatewayHandler.class);

  private static final HttpField SERVER = new PreEncodedHttpField(HttpHeader.SERVER, "modgate");
  private static final HttpField NO_SNIFF =
      new PreEncodedHttpField("X-Content-Type-Options", "nosniff");
  private static final HttpField RANGES =
      new PreEncodedHttpField(HttpHeader.ACCEPT_RANGES, "bytes");
  private static final HttpField TEXT =
      new PreEncodedHttpField(HttpHeader.CONTENT_TYPE, "text/plain; charset=utf-8");
  private static final HttpField NO_STORE =
      new PreEncodedHttpField(HttpHeader.CACHE_CONTROL, "no-store");

  /// Objects up to this size go out in one write with their headers; larger ones in pieces of it.
  private static final int PIECE = 64 * 1024;

  /// How many seconds ago the zone store, which is away, was last seen to hold it.
  private static final String FROM_CACHE = "Modgate-From-Cache";

  private static final int RETRY_AFTER_SECONDS = 10;

  private final ZoneFiles files;
  private final Reasons reasons;

  GatewayHandler(ZoneFiles files, Reasons reasons) {
    this.files = files;
    this.reasons = reasons;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    response.getHeaders().add(SERVER).add(NO_SNIFF);
    String method = request.getMethod();
    if (!HttpMethod.GET.is(method) && !HttpMethod.HEAD.is(method)) {
      response.getHeaders().put(HttpHeader.ALLOW, "GET, HEAD");
      text(request, response, callback, HttpStatus.METHOD_NOT_ALLOWED_405, "want GET or HEAD.\n");
      return true;
    }
    String raw = request.getHttpURI().getPath();
    Optional<String> path = RequestPath.decode(raw);
    try {
      send(
          request,
          response,
          callback,
          path.isPresent()
              ? files.answer(path.orElseThrow())
              : new Answer.Absent(reasons.noSuchPath(raw)));
    } catch (IOException e) {
      log.warn("{}: zone store can't be read: {}", Quoted.of(raw), e.toString());
      response.getHeaders().put(HttpHeader.RETRY_AFTER, RETRY_AFTER_SECONDS);
      text(
          request,
          response,
          callback,
          HttpStatus.SERVICE_UNAVAILABLE_503,
          reasons.storeFailed() + "\n");
    }
    return true;
  }

  private static void send(Request request, Response response, Callback callback, Answer answer)
      throws IOException {
    switch (answer) {
      case Answer.Found found -> file(request, response, callback, found);
      case Answer.Page(var text) -> text(request, response, callback, HttpStatus.OK_200, text);
      case Answer.Absent(var why) ->
          text(request, response, callback, HttpStatus.NOT_FOUND_404, why);
      case Answer.Refused(var why) ->
          text(request, response, callback, HttpStatus.FORBIDDEN_403, why);
    }
  }

  private static void file(
      Request request, Response response, Callback callback, Answer.Found found)
      throws IOException {
    ObjectReader object = found.object();
    boolean handedOver = false;
    try {
      ObjectStat stat = object.stat();
      EntityTag tag = EntityTag.of(stat.revision());
      HttpFields asked = request.getHeaders();
      HttpFields.Mutable headers = response.getHeaders();
      if (tag.isKnownBy(asked.get(HttpHeader.IF_NONE_MATCH))) {
        describe(headers, tag, found);
        response.setStatus(HttpStatus.NOT_MODIFIED_304);
        callback.succeeded();
        return;
      }
      boolean get = HttpMethod.GET.is(request.getMethod());
      switch (rangeOf(asked, tag, get, stat.size())) {
        case ByteRange.Unsatisfiable() -> {
          headers.put(HttpHeader.CONTENT_RANGE, "bytes */" + stat.size());
          text(
              request,
              response,
              callback,
              HttpStatus.RANGE_NOT_SATISFIABLE_416,
              "want a range within " + stat.size() + " bytes.\n");
        }
        case ByteRange.Whole() -> {
          handedOver = body(request, response, callback, found, tag, 0, stat.size());
        }
        case ByteRange.Part(var first, var length) -> {
          response.setStatus(HttpStatus.PARTIAL_CONTENT_206);
          headers.put(
              HttpHeader.CONTENT_RANGE,
              "bytes " + first + "-" + (first + length - 1) + "/" + stat.size());
          handedOver = body(request, response, callback, found, tag, first, length);
        }
      }
    } finally {
      if (!handedOver) {
        object.close();
      }
    }
  }

  private static ByteRange rangeOf(HttpFields asked, EntityTag tag, boolean get, long size) {
    return get && tag.allowsRange(asked.get(HttpHeader.IF_RANGE))
        ? ByteRange.of(asked.get(HttpHeader.RANGE), size)
        : new ByteRange.Whole();
  }

  /// @return whether the object is closed by the write, later
  private static boolean body(
      Request request,
      Response response,
      Callback callback,
      Answer.Found found,
      EntityTag tag,
      long first,
      long length)
      throws IOException {
    HttpFields.Mutable headers = response.getHeaders();
    if (HttpMethod.HEAD.is(request.getMethod())) {
      describe(headers, tag, found);
      headers.put(HttpHeader.CONTENT_LENGTH, length);
      callback.succeeded();
      return false;
    }
    if (length <= PIECE) {
      ByteBuffer bytes = read(found.object(), first, (int) length);
      describe(headers, tag, found);
      headers.put(HttpHeader.CONTENT_LENGTH, length);
      response.write(true, bytes, callback);
      return false;
    }
    describe(headers, tag, found);
    headers.put(HttpHeader.CONTENT_LENGTH, length);
    var pool = new ByteBufferPool.Sized(request.getComponents().getByteBufferPool(), true, PIECE);
    Content.copy(
        Content.Source.from(pool, found.object().channel(), first, length),
        response,
        Callback.from(callback, () -> close(found.object())));
    return true;
  }

  private static ByteBuffer read(ObjectReader object, long first, int length) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(length);
    object.channel().position(first);
    while (bytes.hasRemaining()) {
      if (object.channel().read(bytes) < 0) {
        throw new IOException(
            "object \"" + object.stat().key() + "\" ends " + bytes.remaining() + " bytes early");
      }
    }
    return bytes.flip();
  }

  private static void describe(HttpFields.Mutable headers, EntityTag tag, Answer.Found found) {
    FileKind kind = found.kind();
    headers
        .add(RANGES)
        .put(HttpHeader.ETAG, tag.value())
        .put(HttpHeader.CONTENT_TYPE, kind.contentType())
        .put(HttpHeader.CACHE_CONTROL, kind.cacheControl());
    if (found.object() instanceof CachedObject cached) {
      headers
          .put(FROM_CACHE, cached.age().toSeconds())
          .put(HttpHeader.CACHE_CONTROL, FileKind.LIST.cacheControl());
    }
  }

  private static void text(
      Request request, Response response, Callback callback, int status, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    response.setStatus(status);
    response.getHeaders().put(TEXT).put(NO_STORE).put(HttpHeader.CONTENT_LENGTH, bytes.length);
    if (HttpMethod.HEAD.is(request.getMethod())) {
      callback.succeeded();
    } else {
      response.write(true, ByteBuffer.wrap(bytes), callback);
    }
  }

  private static void close(ObjectReader object) {
    try {
      object.close();
    } catch (IOException e) {
      log.warn("\"{}\" can't be closed: {}", object.stat().key(), e.toString());
    }
  }
}
