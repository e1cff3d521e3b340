package dev.modgate.watcher.intake;

import dev.modgate.watcher.catalog.ModuleRows;
import dev.modgate.watcher.retention.RetentionRule;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;
import org.springframework.jdbc.core.JdbcTemplate;

/// Want lists that came long ago. How far they went is noted of their agent in the same
/// transaction, so that none of them is taken again.
record OldWantLists(JdbcTemplate jdbc, Duration keep) implements RetentionRule {
  private static final int BATCH = 500;

  @Override
  public String what() {
    return "want-lists";
  }

  @Override
  public Walk walk(Instant before) {
    return () -> deleteSome(before);
  }

  private record Old(String agent, long number) {}

  private OptionalInt deleteSome(Instant before) {
    List<Old> some =
        jdbc.query(
            "select agent, number from want_list where received_at < ? order by received_at limit "
                + BATCH,
            (row, _) -> new Old(row.getString(1), row.getLong(2)),
            ModuleRows.time(before));
    if (some.isEmpty()) {
      return OptionalInt.empty();
    }
    Map<String, Long> highest = new TreeMap<>();
    var rows = new ArrayList<Object[]>();
    for (Old old : some) {
      highest.merge(old.agent(), old.number(), Math::max);
      rows.add(new Object[] {old.agent(), old.number()});
    }
    highest.forEach(this::note);
    jdbc.batchUpdate("delete from want_list where agent = ? and number = ?", rows);
    return OptionalInt.of(rows.size());
  }

  private void note(String agent, long number) {
    int known =
        jdbc.update(
            "update agent_peer set forgotten = case when forgotten < ? then ? else forgotten end"
                + " where agent = ?",
            number,
            number,
            agent);
    if (known == 0) {
      jdbc.update(
          "insert into agent_peer (agent, last, written, forgotten) values (?,0,0,?)",
          agent,
          number);
    }
  }
}
