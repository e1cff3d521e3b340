package dev.modgate.watcher.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Method;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.dao.CannotAcquireLockException;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.dao.InvalidDataAccessResourceUsageException;
import org.springframework.dao.QueryTimeoutException;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.jdbc.CannotGetJdbcConnectionException;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.web.method.annotation.ExceptionHandlerMethodResolver;

final class ProblemsTest {

  static Stream<Arguments> failures() {
    return Stream.of(
        Arguments.of(new DataIntegrityViolationException("value too long"), 500, "unexpected"),
        Arguments.of(new InvalidDataAccessResourceUsageException("no column"), 500, "unexpected"),
        Arguments.of(new IllegalStateException("x"), 500, "unexpected"),
        Arguments.of(new DuplicateKeyException("x"), 503, "others ask"),
        Arguments.of(new CannotAcquireLockException("x"), 503, "others ask"),
        Arguments.of(new QueryTimeoutException("x"), 503, "others ask"),
        Arguments.of(new DataAccessResourceFailureException("x"), 503, "does not answer"),
        Arguments.of(new CannotGetJdbcConnectionException("x"), 503, "does not answer"),
        Arguments.of(new CannotCreateTransactionException("x"), 503, "does not answer"));
  }

  @ParameterizedTest
  @MethodSource("failures")
  void onlyWhatMayPassIsAskedToBeTriedAgain(RuntimeException failure, int status, String sentence)
      throws Exception {
    Method handler =
        Objects.requireNonNull(
            new ExceptionHandlerMethodResolver(Problems.class).resolveMethod(failure));

    Object answer = Objects.requireNonNull(handler.invoke(new Problems(), failure));

    Object body = answer instanceof ResponseEntity<?> entity ? entity.getBody() : answer;
    var problem = (ProblemDetail) Objects.requireNonNull(body);
    assertThat(problem.getStatus()).isEqualTo(status);
    assertThat(problem.getDetail()).contains(sentence);
    assertThat(
            answer instanceof ResponseEntity<?> it && it.getHeaders().containsHeader("Retry-After"))
        .isEqualTo(status == 503);
  }
}
