package dev.modgate.watcher.api;

import dev.modgate.gomod.quote.Quoted;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Where a page of a list ended. Opaque to clients: what is in it may change.
public final class Cursor {
  private static final int MOST_CHARACTERS = 4_000;
  private static final Instant LAST = Instant.parse("9999-12-31T00:00:00Z");
  private static final String SEPARATOR = "\n";

  private Cursor() {}

  /// @param place the sort key of the page's last entry, without line ends
  public static String of(String... place) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(String.join(SEPARATOR, place).getBytes(StandardCharsets.UTF_8));
  }

  /// @param text as a client sent it back; null for the first page
  /// @param parts of the list's sort key
  /// @throws BadRequestException when no page of this list ended with it
  public static Optional<List<String>> read(@Nullable String text, int parts) {
    if (text == null || text.isEmpty()) {
      return Optional.empty();
    }
    var place = new ArrayList<String>();
    try {
      if (text.length() <= MOST_CHARACTERS) {
        byte[] bytes = Base64.getUrlDecoder().decode(text);
        String decoded = new String(bytes, StandardCharsets.UTF_8);
        if (decoded.indexOf('\0') < 0) {
          place.addAll(List.of(decoded.split(SEPARATOR, -1)));
        }
      }
    } catch (IllegalArgumentException e) {
      place.clear();
    }
    if (place.size() != parts) {
      throw unknown(text);
    }
    return Optional.of(place);
  }

  /// A number in a cursor.
  public static long number(String part) {
    try {
      return Long.parseLong(part);
    } catch (NumberFormatException e) {
      throw unknown(part);
    }
  }

  /// A time in a cursor.
  public static Instant time(String part) {
    try {
      Instant time = Instant.parse(part);
      if (time.isBefore(Instant.EPOCH) || time.isAfter(LAST)) {
        throw unknown(part);
      }
      return time;
    } catch (DateTimeParseException e) {
      throw unknown(part);
    }
  }

  /// To refuse one whose parts can't be.
  public static BadRequestException unknown(String text) {
    return BadRequestException.unprocessable(
        "after is " + Quoted.of(text) + ", want the next of a page of this list");
  }
}
