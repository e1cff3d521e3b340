package dev.modgate.watcher.host;

import java.net.URI;

/// What a host shows beside a commit.
///
/// @param description one line, at most 140 characters
public record CommitStatus(State state, String description, URI link) {
  /// Which status of the commit it is: a later one takes its place.
  public static final String CONTEXT = "modgate";

  public static final int MOST_CHARACTERS = 140;

  public enum State {
    PENDING,
    SUCCESS,
    FAILURE
  }

  public CommitStatus {
    if (description.length() > MOST_CHARACTERS
        || description.chars().anyMatch(Character::isISOControl)) {
      throw new IllegalArgumentException("a description has at most 140 characters, in one line");
    }
  }
}
