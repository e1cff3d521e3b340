package dev.modgate.watcher.group;

import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/// Decides what a listing changes.
sealed interface Discovery {
  /// @param whole whether all of the group is known now
  record Joined(SortedSet<String> joins, SortedSet<String> leaves, boolean whole, String sentence)
      implements Discovery {}

  /// So many that somebody has to say yes first.
  record Sized(SortedSet<String> names, String sentence) implements Discovery {}

  /// Nothing.
  record Nothing(String sentence) implements Discovery {}

  /// @param known the repositories that are read now
  /// @param most so many are imported without a question
  static Discovery of(GroupState state, Set<String> known, Listing listing, int most) {
    String count = repositories(listing.names().size());
    return switch (state) {
      case NEW, SIZED -> {
        if (listing.broken().isPresent()) {
          yield new Nothing("not known as a whole yet: " + listing.broken().get().sentence());
        }
        yield state == GroupState.SIZED || listing.names().size() > most
            ? new Sized(listing.names(), with(count + " wait for the import", listing))
            : joined(known, listing, count);
      }
      case IMPORTED -> joined(known, listing, count);
    };
  }

  private static Discovery joined(Set<String> known, Listing listing, String count) {
    var joins = new TreeSet<>(listing.names());
    joins.removeAll(known);
    var leaves = new TreeSet<String>();
    String sentence = count;
    boolean whole = listing.whole();
    if (listing.broken().isPresent()) {
      sentence = "only " + count + " were listed, none left: " + listing.broken().get().sentence();
    } else if (listing.names().isEmpty() && !known.isEmpty()) {
      sentence =
          "none of "
              + repositories(known.size())
              + " is listed any more, which is taken for a lack of rights: none left";
      whole = false;
    } else {
      leaves.addAll(known);
      leaves.removeAll(listing.names());
    }
    return new Joined(joins, leaves, whole, with(sentence, listing));
  }

  private static String with(String sentence, Listing listing) {
    return listing.sentence().isEmpty() ? sentence : sentence + "; " + listing.sentence();
  }

  static String repositories(int count) {
    return count == 1 ? "1 repository" : count + " repositories";
  }
}
