package dev.modgate.watcher.hook;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.modgate.watcher.hook.delivery.Deliveries.Taken;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import tools.jackson.databind.json.JsonMapper;

/// What a host is answered; people read it in the host's list of deliveries.
///
/// @param delivery its id here
/// @param run that reads it; null where none does
@JsonInclude(JsonInclude.Include.NON_NULL)
record HookAnswer(String delivery, String verdict, String word, @Nullable String run) {

  static HookAnswer of(Taken taken) {
    return new HookAnswer(
        taken.id(),
        taken.verdict().wireName(),
        (taken.seenBefore() ? "seen before: " : "") + taken.sentence(),
        taken.run().orElse(null));
  }

  static void taken(HttpServletResponse response, Taken taken) throws IOException {
    write(response, taken.verdict().status(), "application/json", of(taken));
  }

  static void problem(HttpServletResponse response, int status, String sentence)
      throws IOException {
    HttpStatus known = HttpStatus.valueOf(status);
    ProblemDetail problem = ProblemDetail.forStatusAndDetail(known, sentence);
    problem.setTitle(known.getReasonPhrase());
    write(response, status, "application/problem+json", problem);
  }

  /// In this form whatever the request says that it accepts.
  private static void write(HttpServletResponse response, int status, String type, Object answer)
      throws IOException {
    byte[] body = JsonMapper.shared().writeValueAsString(answer).getBytes(StandardCharsets.UTF_8);
    response.setStatus(status);
    response.setContentType(type);
    response.setContentLength(body.length);
    response.getOutputStream().write(body);
  }
}
