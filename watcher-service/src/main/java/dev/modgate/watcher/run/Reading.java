package dev.modgate.watcher.run;

import dev.modgate.watcher.plan.Plan;
import dev.modgate.watcher.run.CommitReader.GoneException;
import dev.modgate.watcher.run.CommitReader.RefusedException;
import dev.modgate.watcher.source.Repository;
import dev.modgate.watcher.source.Source;
import dev.modgate.watcher.source.Sources;
import dev.modgate.watcher.want.CommitFiles;
import dev.modgate.watcher.want.CommitPlan;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;

/// Reads what one run is about.
final class Reading {
  private static final Logger LOG = LoggerFactory.getLogger(Reading.class);

  private final Sources sources;
  private final CommitReader reader;
  private final WantSink sink;
  private final CommitsSeen seen;
  private final RunRows rows;

  Reading(Sources sources, CommitReader reader, WantSink sink, CommitsSeen seen, RunRows rows) {
    this.sources = sources;
    this.reader = reader;
    this.sink = sink;
    this.seen = seen;
    this.rows = rows;
  }

  /// What became of a run.
  sealed interface Outcome {
    record Done(String sentence) implements Outcome {}

    /// No later try helps, for one of its refs at least.
    record Failed(String sentence) implements Outcome {}

    record Later(String sentence) implements Outcome {}
  }

  /// Each ref for itself: one that can't be read does not keep the others.
  Outcome read(RunRows.Leased run) {
    Optional<Source> source = sources.find(run.source());
    Optional<Repository> repository =
        source.flatMap(found -> sources.repository(found, run.repository()));
    if (source.isEmpty() || repository.isEmpty()) {
      return new Outcome.Done("the source has no such repository any more");
    }
    String failed = null;
    String later = null;
    String done = "nothing was to be read";
    for (RunRows.OpenRef ref : rows.open(run)) {
      switch (read(run, source.get(), repository.get(), ref)) {
        case Outcome.Done(var sentence) -> done = sentence;
        case Outcome.Failed(var sentence) -> failed = sentence;
        case Outcome.Later(var sentence) -> later = sentence;
      }
    }
    return later != null
        ? new Outcome.Later(later)
        : failed != null ? new Outcome.Failed(failed) : new Outcome.Done(done);
  }

  private Outcome read(
      RunRows.Leased run, Source source, Repository repository, RunRows.OpenRef open) {
    try {
      Optional<CommitsSeen.Seen> before = before(run, open);
      if (before.isPresent()) {
        sink.stands(repository, open.ref(), before.get().commit());
        return done(run, open, before.get().commit(), "seen before: " + before.get().sentence());
      }
      CommitFiles files = reader.read(source, repository, new Tip(open.ref(), open.commit()));
      Plan plan = CommitPlan.of(files, source.selection().depth());
      if (plan.items().size() > CommitPlan.MOST_MODULES) {
        throw new RefusedException(
            "commit "
                + files.commit()
                + " needs "
                + plan.items().size()
                + " module versions, at most "
                + CommitPlan.MOST_MODULES
                + " are taken");
      }
      var commit =
          new WantSink.Commit(repository, files.commit(), open.ref(), open.foundBy(), run.id());
      return done(run, open, files.commit(), sink.take(commit, plan));
    } catch (GoneException e) {
      return done(run, open, null, String.valueOf(e.getMessage()));
    } catch (RefusedException e) {
      rows.finished(run, open.ref(), null, String.valueOf(e.getMessage()));
      return new Outcome.Failed(open.ref() + ": " + e.getMessage());
    } catch (IOException e) {
      return new Outcome.Later(open.ref() + ": " + e.getMessage());
    } catch (DataAccessException | TransactionException e) {
      LOG.warn("{} of {}, {} is tried again", open.ref(), run.source(), run.repository(), e);
      return new Outcome.Later(open.ref() + ": the database did not take it");
    } catch (RuntimeException e) {
      LOG.error("{} of {}, {} broke", open.ref(), run.source(), run.repository(), e);
      return new Outcome.Later(open.ref() + ": unexpected: " + e.getClass().getSimpleName());
    }
  }

  /// A person may ask again for what was refused: the sink decides.
  private Optional<CommitsSeen.Seen> before(RunRows.Leased run, RunRows.OpenRef open) {
    return open.foundBy() == FoundBy.PERSON
        ? Optional.empty()
        : open.commit().flatMap(id -> seen.find(run.source(), run.repository(), id));
  }

  private Outcome done(
      RunRows.Leased run, RunRows.OpenRef open, @Nullable String commit, String sentence) {
    rows.finished(run, open.ref(), commit, sentence);
    return new Outcome.Done(open.ref() + ": " + sentence);
  }
}
