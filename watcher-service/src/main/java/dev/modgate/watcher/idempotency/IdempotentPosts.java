package dev.modgate.watcher.idempotency;

import dev.modgate.pipeline.store.Sha256;
import dev.modgate.watcher.api.BodyLimit;
import dev.modgate.watcher.api.LimitedBody.CutShortException;
import dev.modgate.watcher.api.ProblemResponse;
import dev.modgate.watcher.api.Problems;
import dev.modgate.watcher.idempotency.KeyedRequests.Answer;
import dev.modgate.watcher.idempotency.KeyedRequests.Begin;
import dev.modgate.watcher.idempotency.KeyedRequests.Keyed;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.annotation.Order;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.util.ContentCachingResponseWrapper;

/// Looks for an `Idempotency-Key` at each `POST` of the API, whichever it is.
@Order(BodyLimit.ORDER + 2) // behind the limits and turns of bodies
final class IdempotentPosts extends OncePerRequestFilter {
  private static final Logger LOG = LoggerFactory.getLogger(IdempotentPosts.class);
  private static final String KEY = "Idempotency-Key";
  private static final int MOST_PATH = 2_000;

  /// A longer answer is not kept, and what it answers is done again.
  private static final int MOST_ANSWER = 4 << 20;

  private final KeyedRequests requests;

  IdempotentPosts(KeyedRequests requests) {
    this.requests = requests;
  }

  @Override
  protected boolean shouldNotFilter(HttpServletRequest request) {
    return !request.getMethod().equals("POST")
        || !request.getRequestURI().startsWith("/api/")
        || request.getHeader(KEY) == null;
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    String key = request.getHeader(KEY);
    if (!key.matches("[!-~]{1,255}")) {
      ProblemResponse.write(
          response,
          422,
          "Unprocessable Content",
          "Idempotency-Key has "
              + key.length()
              + " characters, want 1 to 255 that print, of ASCII");
      return;
    }
    byte[] body;
    try {
      body = request.getInputStream().readAllBytes();
    } catch (CutShortException e) {
      ProblemResponse.write(
          response, e.status().value(), e.status().getReasonPhrase(), e.getMessage());
      return;
    }
    String query = request.getQueryString();
    String path = request.getRequestURI() + (query == null ? "" : "?" + query);
    String sha256 = HexFormat.of().formatHex(Sha256.newDigest().digest(body));
    var keyed =
        new Keyed(
            key, "POST", path.length() > MOST_PATH ? path.substring(0, MOST_PATH) : path, sha256);
    try {
      act(keyed, new ReadBody(request, body), response, chain);
    } catch (DataAccessException | TransactionException e) {
      response.setHeader("Retry-After", Problems.RETRY_AFTER);
      ProblemResponse.write(response, 503, "Service Unavailable", Problems.databaseAwaySentence(e));
    }
  }

  private void act(
      Keyed keyed, HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    switch (requests.begin(keyed)) {
      case Begin.Yours(var lease) -> work(keyed, lease, request, response, chain);
      case Begin.Answered(var answer) -> again(answer, response);
      case Begin.Running _ -> {
        response.setHeader("Retry-After", "1");
        ProblemResponse.write(
            response,
            409,
            "Conflict",
            "the first request with this Idempotency-Key is not answered yet; try again");
      }
      case Begin.Other _ ->
          ProblemResponse.write(
              response,
              422,
              "Unprocessable Content",
              "this Idempotency-Key was used for another request; take another one");
    }
  }

  private void work(
      Keyed keyed,
      String lease,
      HttpServletRequest request,
      HttpServletResponse response,
      FilterChain chain)
      throws ServletException, IOException {
    var caching = new ContentCachingResponseWrapper(response);
    boolean done = false;
    try {
      chain.doFilter(request, caching);
      done = caching.getStatus() / 100 == 2;
    } finally {
      if (!done || caching.getContentSize() > MOST_ANSWER) {
        requests.givenUp(keyed, lease);
      }
    }
    if (done && caching.getContentSize() <= MOST_ANSWER) {
      try {
        requests.answered(keyed, lease, answer(caching));
      } catch (DataAccessException | TransactionException e) {
        // it was done, and who asked hears so; the key stays taken for a while
        LOG.warn("an answer is not kept by its idempotency key: {}", e.toString());
      }
    }
    caching.copyBodyToResponse();
  }

  private static Answer answer(ContentCachingResponseWrapper response) {
    return new Answer(
        response.getStatus(),
        response.getContentType(),
        response.getHeader("Location"),
        new String(response.getContentAsByteArray(), StandardCharsets.UTF_8));
  }

  private static void again(Answer answer, HttpServletResponse response) throws IOException {
    response.setStatus(answer.status());
    response.setHeader("Idempotency-Replayed", "true");
    if (answer.location() != null) {
      response.setHeader("Location", answer.location());
    }
    if (answer.contentType() != null) {
      response.setContentType(answer.contentType());
    }
    byte[] body = answer.text().getBytes(StandardCharsets.UTF_8);
    response.setContentLength(body.length);
    response.getOutputStream().write(body);
  }
}
