package dev.modgate.watcher.happening;

import dev.modgate.pipeline.event.EventJson;
import dev.modgate.pipeline.event.ModuleRejected;
import dev.modgate.watcher.catalog.ModuleRows;
import dev.modgate.watcher.catalog.StoredSentence;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.JdbcTemplate;
import tools.jackson.core.JacksonException;

/// The `happening` table. For many threads.
public final class Happenings {
  private static final Logger LOG = LoggerFactory.getLogger(Happenings.class);

  private final JdbcTemplate jdbc;
  private final boolean heard;

  /// @param heard whether anybody may want to hear of it; where nobody does, nothing is written
  public Happenings(JdbcTemplate jdbc, boolean heard) {
    this.jdbc = jdbc;
    this.heard = heard;
  }

  /// A sync has ended, or was cancelled, in this transaction.
  public void syncEnded(String sync, boolean cancelled, Instant now) {
    if (heard) {
      add(new EndOfSync(jdbc).read(sync, cancelled), null, now);
    }
  }

  /// A module was refused for good, in this transaction.
  public void refused(ModuleRejected rejected, Instant now) {
    if (heard) {
      var refused =
          new Happening.ModuleRefused(
              rejected.module(),
              rejected.want(),
              rejected.stage(),
              rejected.reason(),
              StoredSentence.of(rejected.sentence()));
      add(refused, null, now);
    }
  }

  /// What several may notice, and more than once. Not within a transaction.
  ///
  /// @param sameAs names it; at most 200 characters
  public void once(Happening happening, String sameAs, Instant now) {
    if (!heard || isKnown(sameAs)) {
      return;
    }
    try {
      add(happening, sameAs, now);
    } catch (DuplicateKeyException e) {
      LOG.debug("another noticed it first: {}", sameAs);
    }
  }

  private boolean isKnown(String sameAs) {
    return !jdbc.queryForList("select 1 from happening where same_as = ?", Integer.class, sameAs)
        .isEmpty();
  }

  private void add(Happening happening, @Nullable String sameAs, Instant now) {
    jdbc.update(
        "insert into happening (at, detail, same_as) values (?,?,?)",
        ModuleRows.time(now),
        EventJson.mapper().writerFor(Happening.class).writeValueAsString(happening),
        sameAs);
  }

  /// @param detail as it was written
  /// @return empty where another version of this program wrote it, and this one can't read it
  public static Optional<Happening> read(String detail) {
    try {
      return Optional.of(EventJson.mapper().readValue(detail, Happening.class));
    } catch (JacksonException | IllegalArgumentException e) {
      LOG.error("nobody is told what this version can't read: {}", e.getClass().getSimpleName());
      return Optional.empty();
    }
  }
}
