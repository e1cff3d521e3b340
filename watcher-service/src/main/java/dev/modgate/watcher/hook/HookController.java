package dev.modgate.watcher.hook;

import dev.modgate.watcher.api.LimitedBody.CutShortException;
import dev.modgate.watcher.api.RestOfBody;
import dev.modgate.watcher.hook.HookReceiver.Answer;
import dev.modgate.watcher.hook.delivery.Verdict;
import dev.modgate.watcher.hook.signature.HookHeaders;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Collections;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.http.HttpStatus;
import org.springframework.transaction.TransactionException;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/// Answers deliveries. Writes its answers itself: what is left of a body is read behind them.
@RestController
final class HookController {
  private static final Logger LOG = LoggerFactory.getLogger(HookController.class);

  /// So many have a connection to the database at once; the others of the pool are for other work.
  private static final int AT_ONCE = 3;

  private static final int PATIENCE_SECONDS = 8; // hosts give up after 10
  private static final String RETRY_AFTER_SECONDS = "30";

  private final HookBodies bodies;
  private final HookReceiver receiver;
  private final Semaphore turns = new Semaphore(AT_ONCE, true);

  HookController(HookBodies bodies, HookReceiver receiver) {
    this.bodies = bodies;
    this.receiver = receiver;
  }

  @PostMapping("/hooks/{source}")
  void deliver(
      @PathVariable String source, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    try {
      HookHeaders headers = headers(request);
      answer(
          response,
          bodies.read(request, body -> inTurn(() -> receiver.receive(source, headers, body))));
    } catch (CutShortException e) {
      response.setHeader("Connection", "close"); // the rest of the body is not worked on
      boolean large = e.status() == HttpStatus.CONTENT_TOO_LARGE;
      answer(
          response,
          inTurn(() ->
              receiver.cutShort(
                  source,
                  large ? Verdict.TOO_LARGE : Verdict.TOO_SLOW,
                  String.valueOf(e.getMessage()),
                  Math.max(0, request.getContentLengthLong()))));
      if (large) {
        readBehindAnswer(request, response);
      }
    } catch (HookBodies.NoRoomException e) {
      response.setHeader("Connection", "close"); // the rest of the body is not worked on
      unavailable(response, "too many deliveries come at once");
      readBehindAnswer(request, response);
    } catch (IOException e) {
      LOG.debug("a delivery's sender went", e);
    }
  }

  /// Of a length that is not announced, something was read.
  private static void readBehindAnswer(HttpServletRequest request, HttpServletResponse response) {
    if (request.getContentLengthLong() < 0) {
      RestOfBody.drain(request, response);
    } else {
      RestOfBody.drainUnread(request, response);
    }
  }

  private static HookHeaders headers(HttpServletRequest request) {
    var headers = new TreeMap<String, List<String>>();
    for (String name : Collections.list(request.getHeaderNames())) {
      headers.put(name, Collections.list(request.getHeaders(name)));
    }
    return new HookHeaders(headers);
  }

  /// Nothing was taken.
  private record Unavailable(String why) implements Outcome {}

  private record Answered(Answer answer) implements Outcome {}

  private sealed interface Outcome {}

  private Outcome inTurn(Supplier<Answer> work) {
    boolean hasTurn = false;
    try {
      hasTurn = turns.tryAcquire(PATIENCE_SECONDS, TimeUnit.SECONDS);
      return hasTurn
          ? new Answered(work.get())
          : new Unavailable("too many deliveries wait for the database");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new Unavailable("the watcher stops");
    } catch (TransactionException
        | DuplicateKeyException
        | TransientDataAccessException
        | DataAccessResourceFailureException e) {
      LOG.warn("a delivery was not taken, its host is told to try again: {}", e.toString());
      return new Unavailable("the database does not answer now");
    } finally {
      if (hasTurn) {
        turns.release();
      }
    }
  }

  private static void answer(HttpServletResponse response, Outcome outcome) throws IOException {
    switch (outcome) {
      case Unavailable(var why) -> unavailable(response, why);
      case Answered(Answer.Refused(var verdict, var sentence)) -> {
        if (verdict.status() == 503) {
          unavailable(response, sentence);
        } else {
          HookAnswer.problem(response, verdict.status(), sentence);
        }
      }
      case Answered(Answer.Known(var taken)) -> HookAnswer.taken(response, taken);
    }
  }

  private static void unavailable(HttpServletResponse response, String why) throws IOException {
    response.setHeader("Retry-After", RETRY_AFTER_SECONDS);
    HookAnswer.problem(
        response,
        503,
        why + ", and nothing was taken; try again in " + RETRY_AFTER_SECONDS + " seconds");
  }
}
