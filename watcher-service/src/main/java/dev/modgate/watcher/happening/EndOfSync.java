package dev.modgate.watcher.happening;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

/// Reads what is told of the end of a sync.
record EndOfSync(JdbcTemplate jdbc) {
  private static final int MOST_CHARACTERS = 1_000;
  private static final String ITEMS =
      " from sync_item i join module m on m.path = i.path and m.version = i.version"
          + " and m.want = i.row_want where i.sync_id = ?";

  private record Counts(
      long total, long inside, long refused, long contradicted, long absent, long givenUp) {}

  Happening read(String sync, boolean cancelled) {
    Named named =
        jdbc
            .query(
                "select s.label, coalesce(s.failure, (select max(c.unread) from commit_seen c"
                    + " where c.sync_id = s.id)) from sync s where s.id = ?",
                (row, _) -> new Named(row.getString(1), row.getString(2)),
                sync)
            .stream()
            .findFirst()
            .orElse(new Named("", null));
    Counts counts = counts(sync);
    Happening.End end =
        cancelled
            ? Happening.End.CANCELLED
            : named.failure() == null && counts.inside() == counts.total()
                ? Happening.End.DONE
                : Happening.End.FAILED;
    return new Happening.SyncEnded(
        sync,
        end,
        named.label(),
        counts.total(),
        counts.inside(),
        counts.refused(),
        counts.contradicted(),
        counts.absent(),
        counts.givenUp(),
        end == Happening.End.FAILED ? problems(sync, named.failure()) : List.of());
  }

  /// @param failure why it can't be done, whatever is inside; or null
  private record Named(String label, @Nullable String failure) {}

  private List<Happening.Problem> problems(String sync, @Nullable String failure) {
    var all = new ArrayList<Happening.Problem>();
    if (failure != null) {
      all.add(new Happening.Problem("", "", cut(failure)));
    }
    all.addAll(problems(sync));
    return all.subList(0, Math.min(all.size(), Happening.SyncEnded.MOST_PROBLEMS));
  }

  private Counts counts(String sync) {
    return jdbc.query(
            "select count(*),"
                + " sum(case when i.claim_failure is null and m.state = 'inside' then 1 else 0"
                + " end),"
                + " sum(case when i.claim_failure is null and m.state = 'rejected' then 1 else 0"
                + " end),"
                + " sum(case when i.claim_failure is null then 0 else 1 end),"
                + " sum(case when i.claim_failure is null and m.state = 'absent' then 1 else 0"
                + " end),"
                + " sum(case when i.claim_failure is null and m.state = 'given-up' then 1 else 0"
                + " end)"
                + ITEMS,
            (row, _) ->
                new Counts(
                    row.getLong(1),
                    row.getLong(2),
                    row.getLong(3),
                    row.getLong(4),
                    row.getLong(5),
                    row.getLong(6)),
            sync)
        .getFirst();
  }

  private List<Happening.Problem> problems(String sync) {
    return jdbc.query(
        "select i.path, i.version, i.claim_failure, m.reason, m.sentence"
            + ITEMS
            + " and (i.claim_failure is not null or m.state <> 'inside')"
            + " order by case when i.claim_failure is null then 1 else 0 end, i.path, i.version"
            + " limit "
            + Happening.SyncEnded.MOST_PROBLEMS,
        (row, _) -> {
          String failure = row.getString(3);
          String reason = failure == null ? row.getString(4) : "claim-mismatch";
          String sentence = failure == null ? row.getString(5) : failure;
          return new Happening.Problem(
              row.getString(1) + "@" + row.getString(2),
              reason == null ? "" : reason,
              sentence == null ? "" : cut(sentence));
        },
        sync);
  }

  private static String cut(String sentence) {
    return sentence.length() <= MOST_CHARACTERS ? sentence : sentence.substring(0, MOST_CHARACTERS);
  }
}
