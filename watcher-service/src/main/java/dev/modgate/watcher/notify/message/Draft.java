package dev.modgate.watcher.notify.message;

import dev.modgate.watcher.notify.channel.Language;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// What a message says, before a service's form is given to it.
///
/// @param entries of the events that are named, at least one line each
/// @param unnamed how many events there are besides
public record Draft(Language language, Line title, List<List<Line>> entries, int unnamed) {
  public Draft {
    entries = entries.stream().map(List::copyOf).toList();
  }

  /// `… and 3 more`, where there are.
  public Optional<Line> rest() {
    return unnamed == 0
        ? Optional.empty()
        : Optional.of(Line.of(Line.text(Words.of(language).more(unnamed))));
  }

  /// Fewer events by name, and in the end fewer lines, until what is written is short enough.
  ///
  /// @param length of what is written, as its service counts
  public <T> T fit(Function<Draft, T> write, Function<T, Integer> length, int most) {
    Draft draft = this;
    T written = write.apply(draft);
    while (length.apply(written) > most && draft.canShrink()) {
      draft = draft.shorter();
      written = write.apply(draft);
    }
    return written;
  }

  private boolean canShrink() {
    return entries.size() > 1 || (!entries.isEmpty() && entries.getFirst().size() > 1);
  }

  private Draft shorter() {
    if (entries.size() > 1) {
      return naming(entries.size() - 1);
    }
    var lines = new ArrayList<>(entries.getFirst());
    lines.removeLast();
    return new Draft(language, title, List.of(lines), unnamed);
  }

  /// With the first few events alone.
  public Draft naming(int most) {
    return entries.size() <= most
        ? this
        : new Draft(language, title, entries.subList(0, most), unnamed + entries.size() - most);
  }
}
