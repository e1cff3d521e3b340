package dev.modgate.watcher.intake;

import dev.modgate.gomod.note.SigningKey;
import dev.modgate.gomod.quote.Plain;
import dev.modgate.watcher.wantlist.RefusedException;
import dev.modgate.watcher.wantlist.StatusRequest;
import jakarta.servlet.http.HttpServletRequest;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.time.Clock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/// What agents call; who may, is said by their signatures alone. Answers are one line of text.
@RestController
@RequestMapping("/agent/v1")
final class AgentController {
  private static final Logger LOG = LoggerFactory.getLogger(AgentController.class);

  private final Agents agents;
  private final WantLists lists;
  private final AgentStatuses statuses;
  private final SigningKey key;
  private final Clock clock;

  /// @param key signs statuses
  AgentController(
      Agents agents, WantLists lists, AgentStatuses statuses, SigningKey key, Clock clock) {
    this.agents = agents;
    this.lists = lists;
    this.statuses = statuses;
    this.key = key;
    this.clock = clock;
  }

  /// 202 where it is taken, now or before; 422 where it never will be. Answers 503 while others are
  /// read.
  @PostMapping("/want-lists")
  ResponseEntity<String> take(HttpServletRequest request) throws IOException, InterruptedException {
    return switch (lists.take(new BufferedInputStream(request.getInputStream()), "http")) {
      case WantLists.Outcome.Taken(var header, var sentence) ->
          answer(HttpStatus.ACCEPTED, "taken " + header.number() + ": " + sentence);
      case WantLists.Outcome.Refused refused -> {
        lists.refused(refused, "http");
        yield refusal(refused.why());
      }
      case WantLists.Outcome.Busy _ ->
          answer(HttpStatus.SERVICE_UNAVAILABLE, "other want lists are being read at this moment");
    };
  }

  /// A page of statuses, signed.
  @PostMapping("/statuses")
  ResponseEntity<String> statuses(HttpServletRequest request) throws IOException {
    byte[] body = request.getInputStream().readNBytes(StatusRequest.MOST_BYTES);
    try {
      StatusRequest asked = StatusRequest.open(body, agents, clock.instant());
      return ResponseEntity.ok()
          .contentType(MediaType.parseMediaType("text/plain;charset=UTF-8"))
          .body(statuses.page(asked.agent(), asked.after()).write(key));
    } catch (RefusedException e) {
      return refusal(e);
    }
  }

  private static ResponseEntity<String> refusal(RefusedException why) {
    LOG.warn("from an agent, {}: {}", why.refusal().wireName(), Plain.of(why.sentence()));
    return answer(
        HttpStatus.UNPROCESSABLE_CONTENT, why.refusal().wireName() + ": " + why.sentence());
  }

  private static ResponseEntity<String> answer(HttpStatus status, String sentence) {
    return ResponseEntity.status(status)
        .contentType(MediaType.parseMediaType("text/plain;charset=UTF-8"))
        .body(sentence + "\n");
  }
}
