package dev.modgate.watcher.git;

import dev.modgate.watcher.source.Repository;
import dev.modgate.watcher.source.Source;
import dev.modgate.watcher.source.SourceProbe;
import java.io.IOException;
import java.util.List;
import java.util.SortedMap;

/// Tries whether the refs of a source can be listed, and how many of them it wants.
record GitProbe(RemoteRefs remote) implements SourceProbe {
  @Override
  public List<Step> probe(Source source, List<Repository> repositories) {
    return repositories.stream().map(repository -> probe(source, repository)).toList();
  }

  private Step probe(Source source, Repository repository) {
    String what = "refs of " + repository.name();
    try {
      SortedMap<String, String> refs = remote.list(source, repository);
      long wanted = refs.keySet().stream().filter(source.selection()::wants).count();
      return new Step(
          what, true, refs.size() + " branches and tags, of which the source wants " + wanted);
    } catch (IOException e) {
      return new Step(what, false, String.valueOf(e.getMessage()));
    }
  }
}
