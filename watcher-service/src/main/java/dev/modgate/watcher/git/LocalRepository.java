package dev.modgate.watcher.git;

import dev.modgate.gomod.quote.Quoted;
import dev.modgate.watcher.run.CommitReader.GoneException;
import dev.modgate.watcher.run.Tip;
import dev.modgate.watcher.source.GitUrl;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.SortedMap;
import java.util.TreeMap;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.lib.RepositoryCache.FileKey;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;
import org.eclipse.jgit.util.FS;

/// A repository on this machine, read where it lies.
record LocalRepository(GitUrl url, Repository repository) implements AutoCloseable {

  /// @throws IOException when there is none
  static LocalRepository open(GitUrl url) throws IOException {
    File folder = FileKey.resolve(Path.of(url.uri().getPath()).toFile(), FS.DETECTED);
    if (folder == null) {
      throw new IOException(
          "repository " + Quoted.of(url.toString()) + " can't be read: there is none");
    }
    return new LocalRepository(
        url, new FileRepositoryBuilder().setGitDir(folder).setMustExist(true).build());
  }

  SortedMap<String, String> refs() throws IOException {
    var refs = new TreeMap<String, String>();
    for (Ref ref : repository.getRefDatabase().getRefsByPrefix("refs/heads/", "refs/tags/")) {
      Ref peeled = repository.getRefDatabase().peel(ref);
      ObjectId id = peeled.getPeeledObjectId();
      id = id == null ? peeled.getObjectId() : id;
      if (id != null) {
        refs.put(ref.getName(), id.name());
      }
    }
    return refs;
  }

  /// The commit of a tip, or what its ref names where the commit is not there any more.
  ObjectId resolve(Tip tip) throws IOException, GoneException {
    Ref ref = repository.exactRef(tip.ref());
    if (ref == null || ref.getObjectId() == null) {
      throw new GoneException(
          "repository " + Quoted.of(url.toString()) + " has no " + Quoted.of(tip.ref()));
    }
    if (tip.commit().isPresent()) {
      ObjectId commit = ObjectId.fromString(tip.commit().get());
      if (repository.getObjectDatabase().has(commit)) {
        return commit;
      }
    }
    return ref.getObjectId();
  }

  @Override
  public void close() {
    repository.close();
  }
}
