package dev.modgate.watcher.group;

import java.util.Collection;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/// Decides what a listing changes.
sealed interface Discovery {
  /// So many may be missing at once, and a quarter of a large group.
  int MOST_MISSING = 5;

  /// What is known before a listing.
  ///
  /// @param wanted the repositories that are read now
  /// @param unwanted those of them that the declaration does not mean any more
  /// @param missing those that the last whole listing did not have
  record Known(Set<String> wanted, Set<String> unwanted, Set<String> missing) {}

  /// @param missing leave where the next whole listing does not have them either
  /// @param whole whether all of the group is known now
  record Joined(
      SortedSet<String> joins,
      SortedSet<String> leaves,
      SortedSet<String> missing,
      boolean whole,
      String sentence)
      implements Discovery {}

  /// So many that somebody has to say yes first.
  record Sized(SortedSet<String> names, String sentence) implements Discovery {}

  /// Nothing.
  record Nothing(String sentence) implements Discovery {}

  /// @param most so many are imported without a question
  static Discovery of(GroupState state, Known known, Listing listing, int most) {
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

  private static Discovery joined(Known known, Listing listing, String count) {
    SortedSet<String> joins = without(listing.names(), known.wanted());
    SortedSet<String> gone = without(known.wanted(), listing.names());
    var leaves = new TreeSet<>(known.unwanted());
    var missing = new TreeSet<>(known.missing());
    String sentence = count;
    boolean whole = listing.whole();
    if (listing.broken().isPresent()) {
      sentence = "only " + count + " were listed, none left: " + listing.broken().get().sentence();
    } else if (isTooMuch(gone, known, listing)) {
      sentence = lackOfRights(gone.size(), known.wanted().size());
      whole = false;
    } else {
      missing.retainAll(gone);
      leaves.addAll(missing);
      missing.clear();
      missing.addAll(without(gone, leaves));
    }
    return new Joined(joins, leaves, missing, whole, with(sentence, listing));
  }

  private static boolean isTooMuch(SortedSet<String> gone, Known known, Listing listing) {
    return gone.size() > Math.max(MOST_MISSING, known.wanted().size() / 4)
        || (!gone.isEmpty() && listing.names().isEmpty());
  }

  private static String lackOfRights(int gone, int known) {
    String which =
        gone == known
            ? "none of " + repositories(known) + " is listed any more"
            : gone + " of " + repositories(known) + " are not listed any more";
    return which + ", which is taken for a lack of rights: none left";
  }

  private static SortedSet<String> without(Collection<String> names, Collection<String> others) {
    var rest = new TreeSet<>(names);
    rest.removeAll(others);
    return rest;
  }

  private static String with(String sentence, Listing listing) {
    return listing.sentence().isEmpty() ? sentence : sentence + "; " + listing.sentence();
  }

  static String repositories(int count) {
    return count == 1 ? "1 repository" : count + " repositories";
  }
}
