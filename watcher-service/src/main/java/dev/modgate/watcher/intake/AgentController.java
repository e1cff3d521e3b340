package dev.modgate.watcher.intake;

import dev.modgate.gomod.note.SigningKey;
import dev.modgate.gomod.quote.Plain;
import dev.modgate.watcher.hook.Refusals;
import dev.modgate.watcher.wantlist.Refusal;
import dev.modgate.watcher.wantlist.RefusedException;
import dev.modgate.watcher.wantlist.StatusRequest;
import jakarta.servlet.http.HttpServletRequest;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.util.OptionalLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/// What agents call; who may, is said by their signatures alone. Answers are one line of text.
/// Where no agent is named there is nothing here.
@RestController
@RequestMapping("/agent/v1")
final class AgentController {
  private static final Logger LOG = LoggerFactory.getLogger(AgentController.class);

  private final Agents agents;
  private final WantLists lists;
  private final AgentStatuses statuses;
  private final SigningKey key;
  private final Clock clock;
  private final Refusals refusedLists = new Refusals();
  private final Refusals refusedRequests = new Refusals();

  /// @param key signs statuses
  AgentController(
      Agents agents, WantLists lists, AgentStatuses statuses, SigningKey key, Clock clock) {
    this.agents = agents;
    this.lists = lists;
    this.statuses = statuses;
    this.key = key;
    this.clock = clock;
  }

  /// 202 where it is taken, now or before; 409 where another one of the same commit may be, once
  /// somebody has set this watcher or the agent right; 422 where it never will be. Answers 503
  /// while others are read.
  @PostMapping("/want-lists")
  ResponseEntity<String> take(HttpServletRequest request) throws IOException, InterruptedException {
    return take(request.getInputStream());
  }

  ResponseEntity<String> take(InputStream body) throws IOException, InterruptedException {
    if (agents.byName().isEmpty()) {
      return nothingHere();
    }
    return switch (lists.take(new BufferedInputStream(body), "http")) {
      case WantLists.Outcome.Taken(var header, var sentence) ->
          answer(HttpStatus.ACCEPTED, "taken " + header.number() + ": " + sentence);
      case WantLists.Outcome.Refused refused -> {
        var header = refused.header(); // of a pinned key, where there is one
        OptionalLong number =
            refusedLists.next(header == null ? "" : header.agent(), clock.instant());
        if (number.isPresent()) {
          lists.refused(refused, "http");
        }
        yield refusal(refused.why(), number);
      }
      case WantLists.Outcome.Busy _ ->
          answer(HttpStatus.SERVICE_UNAVAILABLE, "other want lists are being read at this moment");
    };
  }

  /// A page of statuses, signed.
  @PostMapping("/statuses")
  ResponseEntity<String> statuses(HttpServletRequest request) throws IOException {
    return statuses(request.getInputStream());
  }

  ResponseEntity<String> statuses(InputStream in) throws IOException {
    if (agents.byName().isEmpty()) {
      return nothingHere();
    }
    byte[] body = in.readNBytes(StatusRequest.MOST_BYTES);
    try {
      StatusRequest asked = StatusRequest.open(body, agents, clock.instant());
      return ResponseEntity.ok()
          .contentType(MediaType.parseMediaType("text/plain;charset=UTF-8"))
          .body(statuses.page(asked.agent(), asked.after()).write(key));
    } catch (RefusedException e) {
      return refusal(e, refusedRequests.next("", clock.instant()));
    }
  }

  private static ResponseEntity<String> nothingHere() {
    return answer(HttpStatus.NOT_FOUND, "this watcher has no agents: see modgate.watcher.agents");
  }

  /// @param number in this minute, where it is to be logged
  private static ResponseEntity<String> refusal(RefusedException why, OptionalLong number) {
    if (number.isPresent()) {
      LOG.warn(
          "from an agent, {}: {}{}",
          why.refusal().wireName(),
          Plain.of(why.sentence()),
          number.getAsLong() > 1
              ? " (number " + number.getAsLong() + " of this minute that was refused)"
              : "");
    }
    return answer(status(why.refusal()), why.refusal().wireName() + ": " + why.sentence());
  }

  private static HttpStatus status(Refusal refusal) {
    return refusal.passes() ? HttpStatus.CONFLICT : HttpStatus.UNPROCESSABLE_CONTENT;
  }

  private static ResponseEntity<String> answer(HttpStatus status, String sentence) {
    return ResponseEntity.status(status)
        .contentType(MediaType.parseMediaType("text/plain;charset=UTF-8"))
        .body(sentence + "\n");
  }
}
