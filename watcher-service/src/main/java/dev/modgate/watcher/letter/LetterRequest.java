package dev.modgate.watcher.letter;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.modgate.gomod.quote.Plain;
import dev.modgate.watcher.api.BadRequestException;
import dev.modgate.watcher.api.Cursor;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Which letters to retry or discard: by id, by cause, or all; one of these.
///
/// @param cause its key
/// @param by who wants it, for those who ask later; at most 200 characters
/// @param after the `next` of the answer before
record LetterRequest(
    @Nullable List<@Nullable Long> ids,
    @Nullable String cause,
    @Nullable Boolean all,
    @Nullable String by,
    @Nullable String after) {
  private static final int MOST_BY = 200;

  /// @param newest letter that there is: what dies meanwhile is not of these
  LetterRows.Selection selection(long newest) {
    int named =
        (ids == null ? 0 : 1) + (cause == null ? 0 : 1) + (Boolean.TRUE.equals(all) ? 1 : 0);
    if (named != 1) {
      throw BadRequestException.unprocessable(
          "want one of: ids, a cause, or all: true; " + named + " of them are there");
    }
    if (ids != null
        && (ids.isEmpty()
            || ids.size() > LetterWork.MOST
            || ids.stream().anyMatch(Objects::isNull))) {
      throw BadRequestException.unprocessable(
          ids.size() + " ids, want 1 to " + LetterWork.MOST + " numbers");
    }
    if (cause != null) {
      CauseForm.checkKey(cause);
    }
    Optional<List<String>> place = Cursor.read(after, 2);
    return new LetterRows.Selection(
        ids == null ? List.of() : ids.stream().filter(Objects::nonNull).toList(),
        Optional.ofNullable(cause),
        place.map(List::getFirst).map(Cursor::number).orElse(0L),
        place.map(List::getLast).map(Cursor::number).orElse(newest));
  }

  /// In a form that terminals can show.
  String who() {
    String who = by == null || by.isBlank() ? "the API" : Plain.of(by.strip());
    return who.length() <= MOST_BY ? who : who.substring(0, MOST_BY);
  }

  /// What was done.
  ///
  /// @param changed letters that were retried or discarded
  /// @param stays letters that could not be, each with a sentence
  /// @param untouched of the ids: unknown, or retried or discarded before
  /// @param next as `after` for the rest; null where there is none
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Answer(List<Long> changed, List<Stay> stays, List<Long> untouched, @Nullable String next) {

    record Stay(long id, String sentence) {}
  }

  Answer answer(LetterWork.Done done, LetterRows.Selection selection) {
    List<Long> untouched =
        selection.ids().stream()
            .filter(id -> !done.changed().contains(id))
            .filter(id -> done.stays().stream().noneMatch(stay -> stay.id() == id))
            .toList();
    return new Answer(
        done.changed(),
        done.stays().stream().map(stay -> new Answer.Stay(stay.id(), stay.sentence())).toList(),
        untouched,
        done.last()
            .map(last -> Cursor.of(String.valueOf(last), String.valueOf(selection.upTo())))
            .orElse(null));
  }
}
