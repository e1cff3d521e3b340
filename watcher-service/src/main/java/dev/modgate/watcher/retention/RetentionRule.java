package dev.modgate.watcher.retention;

import java.time.Duration;
import java.time.Instant;
import java.util.OptionalInt;

/// How long one kind of thing is kept, and how it is deleted.
public interface RetentionRule {
  /// For people, and the key of its counts: `runs`, at most 32 characters.
  String what();

  Duration keep();

  /// @param before what is older may go
  Walk walk(Instant before);

  /// One pass over what is old, from the oldest on. For one thread.
  interface Walk {
    /// Deletes the next few, so few that nobody waits long for their locks. The caller opens a
    /// transaction for each call; what a call had that was rolled back is left for the next pass.
    ///
    /// @return how many rows, 0 where those looked at stay; empty at the end
    OptionalInt deleteSome();
  }
}
