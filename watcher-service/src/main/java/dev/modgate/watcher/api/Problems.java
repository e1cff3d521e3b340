package dev.modgate.watcher.api;

import dev.modgate.gomod.quote.Plain;
import dev.modgate.watcher.database.AwayException;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.ConcurrencyFailureException;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.dao.InvalidDataAccessApiUsageException;
import org.springframework.dao.InvalidDataAccessResourceUsageException;
import org.springframework.dao.QueryTimeoutException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.transaction.TransactionException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.WebRequest;
import org.springframework.web.servlet.mvc.method.annotation.ResponseEntityExceptionHandler;

/// Every error is a problem document whose `detail` is a sentence for people.
@RestControllerAdvice
public final class Problems extends ResponseEntityExceptionHandler {
  private static final Logger LOG = LoggerFactory.getLogger(Problems.class);

  /// In seconds, of what ends by itself.
  public static final String RETRY_AFTER = "5";

  @ExceptionHandler
  ProblemDetail badRequest(BadRequestException e) {
    return ProblemDetail.forStatusAndDetail(e.status(), String.valueOf(e.getMessage()));
  }

  /// The same modules were asked for by too many at once; each lost a race, several times. A lock
  /// that is waited for too long is a timeout of the query in H2.
  @ExceptionHandler({
    DuplicateKeyException.class,
    ConcurrencyFailureException.class,
    QueryTimeoutException.class
  })
  ResponseEntity<ProblemDetail> databaseBusy(RuntimeException e) {
    LOG.warn("the database is busy", e);
    return unavailable(
        "others ask for the same modules at this moment, and nothing was accepted; try again");
  }

  @ExceptionHandler({DataAccessException.class, TransactionException.class})
  ResponseEntity<ProblemDetail> databaseAway(RuntimeException e) {
    return unavailable(databaseAwaySentence(e));
  }

  /// For whoever wanted something of a database that is away; a pause that is known is told once,
  /// and not for each of them.
  public static String databaseAwaySentence(RuntimeException e) {
    Optional<String> why = AwayException.reason(e);
    if (why.isEmpty()) {
      LOG.warn("the database does not answer", e);
    }
    return why.orElse("the database does not answer now")
        + "; nothing was accepted, what was before is not lost; try again";
  }

  private static ResponseEntity<ProblemDetail> unavailable(String sentence) {
    return ResponseEntity.status(HttpStatus.SERVICE_UNAVAILABLE)
        .header(HttpHeaders.RETRY_AFTER, RETRY_AFTER)
        .body(ProblemDetail.forStatusAndDetail(HttpStatus.SERVICE_UNAVAILABLE, sentence));
  }

  /// What the database refuses is our bug, and stays one however often it is tried.
  @ExceptionHandler({
    Exception.class,
    DataIntegrityViolationException.class,
    InvalidDataAccessApiUsageException.class,
    InvalidDataAccessResourceUsageException.class
  })
  ProblemDetail unexpected(Exception e) {
    LOG.error("unexpected", e);
    return ProblemDetail.forStatusAndDetail(
        HttpStatus.INTERNAL_SERVER_ERROR, "unexpected: " + e.getClass().getSimpleName());
  }

  @Override
  protected @org.jspecify.annotations.Nullable ResponseEntity<Object> handleHttpMessageNotReadable(
      HttpMessageNotReadableException e,
      HttpHeaders headers,
      org.springframework.http.HttpStatusCode status,
      WebRequest request) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof LimitedBody.CutShortException cut) {
        return handleExceptionInternal(
            e,
            ProblemDetail.forStatusAndDetail(cut.status(), String.valueOf(cut.getMessage())),
            headers,
            cut.status(),
            request);
      }
    }
    String why =
        String.valueOf(e.getMostSpecificCause().getMessage()).lines().findFirst().orElse("");
    ProblemDetail problem =
        ProblemDetail.forStatusAndDetail(
            HttpStatus.BAD_REQUEST, "the body is no such JSON: " + Plain.of(why));
    return handleExceptionInternal(e, problem, headers, HttpStatus.BAD_REQUEST, request);
  }
}
