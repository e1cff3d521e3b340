package dev.modgate.watcher.poll;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/// What became of the wanted refs of a repository since its last poll.
///
/// @param changed what new and moved refs name now
/// @param noticed of those, the ones to be read
/// @param gone refs that are not there any more
record Moves(SortedMap<String, String> changed, List<String> noticed, List<String> gone) {
  Moves {
    noticed = List.copyOf(noticed);
    gone = List.copyOf(gone);
  }

  /// @param known commits by refs, as of the poll before
  /// @param now commits by refs, the wanted ones alone
  /// @param newTags whether other tags, or none, were wanted before: tags are only remembered then
  static Moves between(Map<String, String> known, SortedMap<String, String> now, boolean newTags) {
    var changed = new TreeMap<String, String>();
    var noticed = new ArrayList<String>();
    now.forEach((ref, commit) -> {
      if (!commit.equals(known.get(ref))) {
        changed.put(ref, commit);
        if (!newTags || !ref.startsWith("refs/tags/")) {
          noticed.add(ref);
        }
      }
    });
    List<String> gone = known.keySet().stream().filter(ref -> !now.containsKey(ref)).toList();
    return new Moves(changed, noticed, gone);
  }
}
