package dev.modgate.watcher.letter;

import dev.modgate.gomod.quote.Quoted;
import dev.modgate.watcher.api.BadRequestException;
import dev.modgate.watcher.api.ListPage;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/v1/dead-letters")
final class LetterController {
  private static final Logger LOG = LoggerFactory.getLogger(LetterController.class);
  private static final int MOST_LISTED = 200;

  private final LetterViews views;
  private final LetterRows rows;
  private final LetterWork work;

  LetterController(LetterViews views, LetterRows rows, LetterWork work) {
    this.views = views;
    this.rows = rows;
    this.work = work;
  }

  @GetMapping
  LetterView.Page newest(
      @RequestParam(required = false) @Nullable String stage,
      @RequestParam(required = false) @Nullable String cause,
      @RequestParam(required = false) @Nullable String state,
      @RequestParam(required = false) @Nullable String after,
      @RequestParam(defaultValue = "50") int limit) {
    ListPage.check(limit, MOST_LISTED);
    if (cause != null) {
      CauseForm.checkKey(cause);
    }
    if (stage != null && !Letter.isStage(stage)) {
      throw BadRequestException.unprocessable(
          "stage is " + Quoted.of(stage) + ", want fetch, verify, publish, watcher or unknown");
    }
    return views.page(
        new LetterViews.Filter(
            Optional.ofNullable(stage),
            Optional.ofNullable(cause),
            Optional.ofNullable(state).map(LetterController::stateOf),
            Optional.ofNullable(after)),
        limit);
  }

  @GetMapping("/causes")
  List<LetterView.Cause> causes() {
    return views.causes();
  }

  @GetMapping("/{id}")
  LetterView letter(@PathVariable String id) {
    Optional<LetterView> found =
        id.matches("[0-9]{1,18}") ? views.find(Long.parseLong(id)) : Optional.empty();
    return found.orElseThrow(
        () -> BadRequestException.notFound("there is no dead letter " + Quoted.of(id)));
  }

  @PostMapping("/retry")
  LetterRequest.Answer retry(@RequestBody LetterRequest request) {
    LetterRows.Selection selection = request.selection(rows.newest());
    try {
      return request.answer(work.retry(selection, request.who()), selection);
    } catch (KafkaException e) {
      LOG.warn("dead letters are not sent again now: {}", e.toString());
      throw BadRequestException.unavailable(
          "kafka does not answer now, and not all letters were sent again; those that were not are"
              + " still letters, try again");
    }
  }

  @PostMapping("/discard")
  LetterRequest.Answer discard(@RequestBody LetterRequest request) {
    LetterRows.Selection selection = request.selection(rows.newest());
    return request.answer(work.discard(selection, request.who()), selection);
  }

  private static Letter.State stateOf(String text) {
    return Arrays.stream(Letter.State.values())
        .filter(state -> state.wireName().equals(text))
        .findFirst()
        .orElseThrow(() ->
            BadRequestException.unprocessable(
                "state is "
                    + Quoted.of(text)
                    + ", want one of "
                    + Arrays.stream(Letter.State.values())
                        .map(Letter.State::wireName)
                        .collect(Collectors.joining(", "))));
  }
}
