package dev.modgate.watcher.wantlist;

import dev.modgate.gomod.quote.Quoted;
import java.util.regex.Pattern;

/// What agents and sources are called.
public final class PeerName {
  private static final Pattern FORM = Pattern.compile("[a-z0-9][a-z0-9-]{0,62}");

  private PeerName() {}

  public static boolean fits(String name) {
    return FORM.matcher(name).matches();
  }

  /// @param what the subject of the sentence
  /// @throws IllegalArgumentException when it is none
  static void check(String what, String name) {
    if (!fits(name)) {
      throw new IllegalArgumentException(
          what + " " + Quoted.of(name) + " is no name, want a-z, 0-9 and -, at most 63 characters");
    }
  }
}
