package dev.modgate.watcher.hook.delivery;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

/// Reads deliveries for the API.
public final class DeliveryViews {
  private static final String ROWS =
      "select d.*, r.state as run_state, r.sentence as run_sentence"
          + " from delivery d left join run r on r.id = d.run_id";

  /// What became of a commit that the payload does not say is what its run found.
  private static final String REFS =
      "select f.delivery_id, f.ref, coalesce(f.commit_id, c.commit_id) as commit_id, c.sync_id,"
          + " c.sentence from delivery_ref f join delivery d on d.id = f.delivery_id"
          + " left join commit_seen c on c.source = d.source and c.repository = d.repository"
          + " and (c.commit_id = f.commit_id"
          + " or (f.commit_id is null and c.run_id = d.run_id and c.ref = f.ref))"
          + " where f.delivery_id in (";

  private final JdbcTemplate jdbc;

  public DeliveryViews(JdbcTemplate jdbc) {
    this.jdbc = jdbc;
  }

  public Optional<DeliveryView> find(String id) {
    return views(ROWS + " where d.id = ?", List.of(id)).stream().findFirst();
  }

  /// Which deliveries.
  ///
  /// @param after the last one of the page before; one that is unknown has nothing after it
  public record Filter(
      Optional<String> source, Optional<Verdict> verdict, Optional<String> after) {}

  public DeliveryView.Page page(Filter filter, int limit) {
    var where = new ArrayList<String>();
    var arguments = new ArrayList<Object>();
    filter
        .source()
        .ifPresent(source -> {
          where.add("d.source = ?");
          arguments.add(source);
        });
    filter
        .verdict()
        .ifPresent(verdict -> {
          where.add("d.verdict = ?");
          arguments.add(verdict.wireName());
        });
    filter
        .after()
        .ifPresent(after -> {
          where.add(
              "d.received_at <= (select l.received_at from delivery l where l.id = ?)"
                  + " and (d.id < ? or d.received_at < (select l.received_at from delivery l"
                  + " where l.id = ?))");
          arguments.addAll(List.of(after, after, after));
        });
    arguments.add(limit + 1);
    List<DeliveryView> found =
        views(
            ROWS
                + (where.isEmpty() ? "" : " where " + String.join(" and ", where))
                + " order by d.received_at desc, d.id desc limit ?",
            arguments);
    boolean more = found.size() > limit;
    List<DeliveryView> page = more ? found.subList(0, limit) : found;
    return new DeliveryView.Page(page, more ? page.getLast().id() : null);
  }

  private List<DeliveryView> views(String query, List<Object> arguments) {
    Map<String, List<DeliveryView.Ref>> refs = new HashMap<>();
    List<DeliveryView> rows =
        jdbc.query(
            query,
            (row, _) ->
                view(row, refs.computeIfAbsent(row.getString("id"), _ -> new ArrayList<>())),
            arguments.toArray());
    if (!rows.isEmpty()) {
      jdbc.query(
          REFS
              + String.join(",", Collections.nCopies(rows.size(), "?"))
              + ") order by f.delivery_id, f.ref",
          row -> {
            var ref =
                new DeliveryView.Ref(
                    row.getString("ref"),
                    row.getString("commit_id"),
                    row.getString("sync_id"),
                    row.getString("sentence"));
            refs.getOrDefault(row.getString("delivery_id"), new ArrayList<>()).add(ref);
          },
          rows.stream().map(DeliveryView::id).toArray());
    }
    return rows;
  }

  /// @param refs filled in later
  private static DeliveryView view(ResultSet row, List<DeliveryView.Ref> refs) throws SQLException {
    String run = row.getString("run_id");
    return new DeliveryView(
        row.getString("id"),
        row.getString("source"),
        row.getString("verdict"),
        row.getString("sentence"),
        row.getBoolean("authentic"),
        row.getString("event"),
        row.getString("repository"),
        refs,
        row.getString("host_delivery"),
        row.getString("body_sha256"),
        row.getLong("body_bytes"),
        instant(row, "received_at").orElseThrow(),
        row.getInt("repeats"),
        instant(row, "last_repeat_at").orElse(null),
        row.getString("redelivery_of"),
        run == null
            ? null
            : new DeliveryView.Run(
                run,
                row.getString("run_state"),
                row.getBoolean("coalesced"),
                row.getString("run_sentence")));
  }

  private static Optional<Instant> instant(ResultSet row, String column) throws SQLException {
    @Nullable OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
    return Optional.ofNullable(time).map(OffsetDateTime::toInstant);
  }
}
