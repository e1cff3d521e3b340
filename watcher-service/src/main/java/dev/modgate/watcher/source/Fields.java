package dev.modgate.watcher.source;

import dev.modgate.watcher.source.SourceException.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Reads the fields of one declaration, and gathers what is wrong with them.
final class Fields {
  private static final int MOST_PATTERNS = 100;

  private final List<Problem> problems = new ArrayList<>();

  List<Problem> problems() {
    return List.copyOf(problems);
  }

  void wrong(String key, String fault) {
    problems.add(new Problem(key, fault));
  }

  List<RefPattern> patterns(String key, @Nullable List<String> texts, String fallback) {
    return each(key, texts == null ? List.of(fallback) : texts, RefPattern::new);
  }

  <T> Optional<T> one(String key, @Nullable String text, Function<String, T> reader) {
    return text == null ? Optional.empty() : each(key, List.of(text), reader).stream().findFirst();
  }

  <T> List<T> each(String key, @Nullable List<String> texts, Function<String, T> reader) {
    var read = new ArrayList<T>();
    List<@Nullable String> all = texts == null ? List.of() : new ArrayList<>(texts);
    if (all.size() > MOST_PATTERNS) {
      wrong(key, "has " + all.size() + " entries, want at most " + MOST_PATTERNS);
      return List.of();
    }
    for (String text : all) {
      try {
        read.add(reader.apply(Objects.requireNonNullElse(text, "")));
      } catch (IllegalArgumentException e) {
        wrong(key, String.valueOf(e.getMessage()));
      }
    }
    return read;
  }
}
