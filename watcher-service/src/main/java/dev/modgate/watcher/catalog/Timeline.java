package dev.modgate.watcher.catalog;

import dev.modgate.gomod.module.ModuleVersion;
import dev.modgate.gomod.quote.Quoted;
import dev.modgate.pipeline.event.ModuleRequested;
import dev.modgate.pipeline.event.RequestId;
import dev.modgate.watcher.insert.ManyRows;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import org.springframework.jdbc.core.JdbcTemplate;

/// The `timeline` table: what happened to a module version, for people.
public final class Timeline {
  private static final ManyRows ENTRIES =
      new ManyRows("timeline", "path, version, at, event, sentence, request_id, attempt");

  private final JdbcTemplate jdbc;

  public Timeline(JdbcTemplate jdbc) {
    this.jdbc = jdbc;
  }

  /// @param event one lower-case word
  public record Entry(
      ModuleVersion module, Instant at, String event, String sentence, RequestId request) {}

  public void add(Collection<Entry> entries) {
    ENTRIES.write(jdbc, List.copyOf(entries), Timeline::arguments);
  }

  public void requested(List<ModuleRequested> requests, String label, Instant now) {
    add(
        requests.stream()
            .map(request ->
                new Entry(
                    request.module(),
                    now,
                    "requested",
                    "sync "
                        + Quoted.of(label)
                        + " wants the "
                        + request.want().name().toLowerCase(java.util.Locale.ROOT),
                    request.request()))
            .toList());
  }

  private static Object[] arguments(Entry entry) {
    return new Object[] {
      entry.module().path().value(),
      entry.module().version().toString(),
      ModuleRows.time(entry.at()),
      entry.event(),
      StoredSentence.of(entry.sentence()),
      entry.request().id(),
      entry.request().attempt()
    };
  }
}
