package dev.modgate.watcher.notify;

import dev.modgate.pipeline.event.EventJson;
import dev.modgate.watcher.catalog.ModuleRows;
import dev.modgate.watcher.happening.EventKind;
import dev.modgate.watcher.happening.Happening;
import dev.modgate.watcher.happening.Happenings;
import dev.modgate.watcher.notify.channel.Channel;
import dev.modgate.watcher.notify.message.Concerned;
import dev.modgate.watcher.source.Source;
import dev.modgate.watcher.source.Sources;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionTemplate;

/// Finds out whom a happening concerns, and gives it to the channels that want to hear of it. For
/// one thread; several watchers may do it at once.
final class Router {
  private static final int BATCH = 100;

  /// Syncs that are looked at for one module.
  private static final int MOST_SYNCS = 1_000;

  private static final String SYNCS =
      "select s.id, s.label, c.source, c.repository, c.commit_id from sync s"
          + " left join commit_seen c on c.sync_id = s.id";

  private final JdbcTemplate jdbc;
  private final TransactionTemplate transaction;
  private final Sources sources;
  private final List<Channel> channels;
  private final Duration gather;
  private final Clock clock;

  /// @param gather how long what is no security event waits for others
  Router(
      JdbcTemplate jdbc,
      TransactionTemplate transaction,
      Sources sources,
      List<Channel> channels,
      Duration gather,
      Clock clock) {
    this.jdbc = jdbc;
    this.transaction = transaction;
    this.sources = sources;
    this.channels = List.copyOf(channels);
    this.gather = gather;
    this.clock = clock;
  }

  private record Row(long id, Instant at, Optional<Happening> happening) {}

  /// @return whether there may be more
  boolean routeSome() {
    List<Row> rows =
        jdbc.query(
            "select id, at, detail from happening where routed_at is null order by id limit "
                + BATCH,
            (row, _) ->
                new Row(
                    row.getLong(1),
                    row.getObject(2, OffsetDateTime.class).toInstant(),
                    Happenings.read(row.getString(3))));
    Map<String, String> owners = new HashMap<>();
    rows.forEach(row -> route(row, owners));
    return rows.size() == BATCH;
  }

  private void route(Row row, Map<String, String> owners) {
    List<Concerned.Sync> syncs =
        row.happening().map(happening -> concerned(happening, row.at(), owners)).orElse(List.of());
    List<Channel> wanting =
        row.happening().stream()
            .flatMap(
                happening -> channels.stream().filter(channel -> wants(channel, happening, syncs)))
            .toList();
    boolean security =
        row.happening().map(h -> h.kinds().contains(EventKind.SECURITY)).orElse(false);
    OffsetDateTime ready = ModuleRows.time(security ? row.at() : row.at().plus(gather));
    String json = EventJson.mapper().writeValueAsString(new Concerned(syncs, syncs.size()));
    transaction.executeWithoutResult(_ -> {
      int ours =
          jdbc.update(
              "update happening set routed_at = ?, concerned = ?"
                  + " where id = ? and routed_at is null",
              ModuleRows.time(clock.instant()),
              json,
              row.id());
      if (ours == 1) {
        wanting.forEach(channel ->
            jdbc.update(
                "insert into notification (channel, happening_id, ready_at) values (?,?,?)",
                channel.name(),
                row.id(),
                ready));
      }
    });
  }

  static boolean wants(Channel channel, Happening happening, List<Concerned.Sync> syncs) {
    if (Collections.disjoint(channel.events(), happening.kinds())) {
      return false;
    }
    return channel.route().takesAll()
        || syncs.stream().anyMatch(sync -> takes(channel.route(), sync));
  }

  private static boolean takes(Channel.Route route, Concerned.Sync sync) {
    String source = sync.source();
    String owner = sync.owner();
    return source != null && route.takes(source, owner == null ? "" : owner);
  }

  private List<Concerned.Sync> concerned(
      Happening happening, Instant at, Map<String, String> owners) {
    return switch (happening) {
      case Happening.SyncEnded sync -> query(owners, SYNCS + " where s.id = ?", sync.sync());
      case Happening.ModuleRefused refused ->
          query(
              owners,
              SYNCS
                  + " join sync_item i on i.sync_id = s.id where i.path = ? and i.version = ?"
                  + " and s.created_at <= ? and (s.finished_at is null or s.finished_at >= ?)",
              refused.module().path().value(),
              refused.module().version().toString(),
              ModuleRows.time(at),
              ModuleRows.time(at));
      case Happening.StageStopped _, Happening.Trial _ -> List.of();
    };
  }

  private List<Concerned.Sync> query(Map<String, String> owners, String sql, Object... arguments) {
    List<Concerned.Sync> syncs =
        jdbc.query(
            sql + " order by s.created_at desc, s.id, c.source, c.repository limit " + MOST_SYNCS,
            (row, _) ->
                new Concerned.Sync(
                    row.getString(1),
                    row.getString(2),
                    row.getString(3),
                    null,
                    row.getString(4),
                    row.getString(5)),
            arguments);
    return syncs.stream().map(sync -> owned(sync, owners)).toList();
  }

  /// Behind the query: who holds a connection must not wait for a second one.
  private Concerned.Sync owned(Concerned.Sync sync, Map<String, String> owners) {
    String source = sync.source();
    return source == null
        ? sync
        : new Concerned.Sync(
            sync.id(),
            sync.label(),
            source,
            owners.computeIfAbsent(source, this::ownerOf),
            sync.repository(),
            sync.commit());
  }

  private String ownerOf(String source) {
    return sources.find(source).map(Source::about).map(Source.About::owner).orElse("");
  }
}
