package dev.modgate.watcher.hook.payload;

import dev.modgate.gomod.quote.Quoted;
import dev.modgate.watcher.run.Tip;
import java.util.Locale;
import java.util.Optional;
import org.eclipse.jgit.lib.Repository;

/// What became of one ref.
public sealed interface RefChange {
  int MOST_CHARACTERS = 400;

  String ref();

  record Moved(Tip tip) implements RefChange {
    @Override
    public String ref() {
      return tip.ref();
    }
  }

  record Deleted(String ref) implements RefChange {}

  /// @param ref its full name
  /// @param commit empty where it is not known; zeros where the ref is gone
  static RefChange of(String ref, Optional<String> commit) throws UnreadableException {
    if (commit.isPresent() && commit.get().matches("0{40}|0{64}")) {
      return deleted(ref);
    }
    return new Moved(tip(ref, commit));
  }

  static RefChange deleted(String ref) throws UnreadableException {
    return new Deleted(checked(ref));
  }

  static Tip tip(String ref, Optional<String> commit) throws UnreadableException {
    if (commit.isPresent() && !commit.get().matches("[0-9a-fA-F]{40}|[0-9a-fA-F]{64}")) {
      throw new UnreadableException(
          Quoted.of(commit.get()) + " is no commit id, want 40 or 64 hex digits");
    }
    return new Tip(checked(ref), commit.map(id -> id.toLowerCase(Locale.ROOT)));
  }

  private static String checked(String ref) throws UnreadableException {
    if (!ref.startsWith("refs/")
        || ref.length() > MOST_CHARACTERS
        || !Repository.isValidRefName(ref)) {
      throw new UnreadableException(
          Quoted.of(ref) + " is no ref, want refs/heads/… or refs/tags/…");
    }
    return ref;
  }
}
