package dev.modgate.watcher.api;

import jakarta.servlet.http.HttpServletRequest;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;

/// A piece of a list whose answer is a JSON array: where the next piece is stands in its `Link`
/// header (RFC 8288), with `rel="next"`.
///
/// @param next the `after` of the next page; null at the end
public record ListPage<T>(List<T> entries, @Nullable String next) {
  public ListPage {
    entries = List.copyOf(entries);
  }

  /// @param found one more than the limit where there is more
  /// @param cursor of an entry
  public static <T> ListPage<T> of(List<T> found, int limit, Function<T, String> cursor) {
    if (found.size() <= limit) {
      return new ListPage<>(found, null);
    }
    List<T> page = found.subList(0, limit);
    return new ListPage<>(page, cursor.apply(page.getLast()));
  }

  /// @param most entries of a page
  /// @throws BadRequestException when there is no such page
  public static void check(int limit, int most) {
    if (limit < 1 || limit > most) {
      throw BadRequestException.unprocessable("limit is " + limit + ", want 1 to " + most);
    }
  }

  public ResponseEntity<List<T>> answer(HttpServletRequest request) {
    if (next == null) {
      return ResponseEntity.ok(entries);
    }
    String query = request.getQueryString() == null ? "" : request.getQueryString();
    String others =
        Arrays.stream(query.split("&", -1))
            .filter(part -> !part.isEmpty() && !part.startsWith("after="))
            .map(part -> part + "&")
            .collect(Collectors.joining());
    String link =
        request.getRequestURI()
            + "?"
            + others
            + "after="
            + URLEncoder.encode(next, StandardCharsets.UTF_8);
    return ResponseEntity.ok()
        .header(HttpHeaders.LINK, "<" + link + ">; rel=\"next\"")
        .body(entries);
  }
}
