package dev.modgate.watcher.notify.message;

import java.time.Instant;
import java.util.List;

/// One message on its way.
///
/// @param id the same at every try
/// @param oldest when the first of its events happened
/// @param events at least one
/// @param brief without any text of others: the receiver refuses it, and that may be why
public record Message(
    String id, Instant oldest, List<Told> events, Composer composer, boolean brief) {
  public Message {
    events = List.copyOf(events);
  }

  public Draft draft() {
    return brief ? composer.brief(events) : composer.draft(events);
  }
}
