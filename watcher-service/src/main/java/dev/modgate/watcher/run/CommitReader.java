package dev.modgate.watcher.run;

import dev.modgate.watcher.source.Repository;
import dev.modgate.watcher.source.Source;
import dev.modgate.watcher.want.CommitFiles;
import java.io.IOException;

/// Reads commits. For many threads.
public interface CommitReader {

  /// The files of one commit that say what it needs.
  ///
  /// @param tip a commit that its repository does not give out by id any more is read by its ref,
  ///   and then is what the ref names
  /// @throws IOException when it can't be had now; a later try may help
  /// @throws GoneException when the ref or commit is not there
  /// @throws RefusedException when it never will be taken, such as a tree that is too large
  CommitFiles read(Source source, Repository repository, Tip tip)
      throws IOException, GoneException, RefusedException;

  /// There is no such ref or commit, for example because the branch was deleted meanwhile.
  final class GoneException extends Exception {
    private static final long serialVersionUID = 1L;

    public GoneException(String sentence) {
      super(sentence);
    }
  }

  /// Nothing but a change of the commit or of the settings helps.
  final class RefusedException extends Exception {
    private static final long serialVersionUID = 1L;

    public RefusedException(String sentence) {
      super(sentence);
    }
  }
}
