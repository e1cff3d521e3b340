package dev.modgate.watcher.git;

import dev.modgate.gomod.quote.Quoted;
import dev.modgate.watcher.git.wire.GitSettings;
import dev.modgate.watcher.git.wire.NoMachineSettings;
import dev.modgate.watcher.git.wire.Remote;
import dev.modgate.watcher.git.wire.ScratchRepository;
import dev.modgate.watcher.run.CommitReader;
import dev.modgate.watcher.run.Tip;
import dev.modgate.watcher.source.GitUrl;
import dev.modgate.watcher.source.Repository;
import dev.modgate.watcher.source.Source;
import dev.modgate.watcher.want.CommitFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.SortedMap;
import java.util.concurrent.Callable;
import org.eclipse.jgit.errors.IncorrectObjectTypeException;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;

/// Reads commits and refs; how, says the package.
public final class GitReader implements CommitReader, RemoteRefs {
  private final GitSettings settings;
  private final ReadFolders folders;

  GitReader(GitSettings settings, ReadFolders folders) {
    NoMachineSettings.install();
    this.settings = settings;
    this.folders = folders;
  }

  @Override
  public CommitFiles read(Source source, Repository repository, Tip tip)
      throws IOException, GoneException, RefusedException {
    String name = "repository " + Quoted.of(repository.url().toString());
    if (tip.commit().isPresent() && tip.commit().get().length() != 40) {
      throw new RefusedException(name + " has SHA-256 ids, which can't be read");
    }
    try {
      return inTime(
          repository.url(),
          () ->
              isLocal(repository.url())
                  ? fromFolder(source, repository.url(), tip)
                  : fromHost(source, repository.url(), tip));
    } catch (GoneException e) {
      throw e;
    } catch (RefusedException e) {
      String sentence = String.valueOf(e.getMessage());
      throw sentence.startsWith(name) ? e : new RefusedException(name + ": " + sentence);
    } catch (Exception e) {
      throw told(repository.url(), e);
    }
  }

  @Override
  public SortedMap<String, String> list(Source source, Repository repository) throws IOException {
    try {
      return inTime(
          repository.url(),
          () -> {
            if (isLocal(repository.url())) {
              try (var local = LocalRepository.open(repository.url())) {
                return local.refs();
              }
            }
            try (ReadFolders.Place place = folders.begin();
                var scratch = scratch(place)) {
              return remote(source, repository.url(), scratch, place).refs();
            }
          });
    } catch (Exception e) {
      throw told(repository.url(), e);
    }
  }

  private <T> T inTime(GitUrl url, Callable<T> work) throws Exception {
    return new InTime(settings.time()).call("repository " + Quoted.of(url.toString()), work);
  }

  private static boolean isLocal(GitUrl url) {
    return "file".equals(url.uri().getScheme());
  }

  private CommitFiles fromFolder(Source source, GitUrl url, Tip tip)
      throws IOException, GoneException, RefusedException {
    try (var local = LocalRepository.open(url);
        ObjectReader objects = local.repository().newObjectReader()) {
      RevCommit commit = commit(objects, local.resolve(tip));
      var wanted = new GoFiles(source.selection().folders(), settings);
      var files = wanted.read(objects, wanted.find(objects, commit.getTree()));
      return new CommitFiles(commit.name(), tip.ref(), files);
    }
  }

  private CommitFiles fromHost(Source source, GitUrl url, Tip tip)
      throws IOException, GoneException, RefusedException {
    try (ReadFolders.Place place = folders.begin();
        var scratch = scratch(place)) {
      Remote remote = remote(source, url, scratch, place);
      var wanted = new GoFiles(source.selection().folders(), settings);
      try {
        RevCommit commit = fetched(scratch, remote.trees(tip));
        try (ObjectReader objects = scratch.newObjectReader()) {
          SortedMap<String, ObjectId> blobs = wanted.find(objects, commit.getTree());
          if (!blobs.isEmpty()) {
            remote.blobs(new HashSet<>(blobs.values()), tip);
          }
        }
        return files(scratch, commit, tip, wanted);
      } catch (Remote.NoPartsException e) {
        return files(scratch, fetched(scratch, remote.whole(tip)), tip, wanted);
      }
    }
  }

  private static RevCommit fetched(ScratchRepository scratch, ObjectId id)
      throws IOException, RefusedException {
    try (ObjectReader objects = scratch.newObjectReader()) {
      return commit(objects, id);
    }
  }

  private static CommitFiles files(
      ScratchRepository scratch, RevCommit commit, Tip tip, GoFiles wanted)
      throws IOException, RefusedException {
    try (ObjectReader objects = scratch.newObjectReader()) {
      var files = wanted.read(objects, wanted.find(objects, commit.getTree()));
      return new CommitFiles(commit.name(), tip.ref(), files);
    }
  }

  private static RevCommit commit(ObjectReader objects, ObjectId id)
      throws IOException, RefusedException {
    try (var walk = new RevWalk(objects)) {
      return walk.parseCommit(id);
    } catch (IncorrectObjectTypeException e) {
      throw new RefusedException(id.name() + " is no commit");
    }
  }

  private ScratchRepository scratch(ReadFolders.Place place) throws IOException {
    return new ScratchRepository(place.path().resolve("git"), settings);
  }

  private Remote remote(
      Source source, GitUrl url, ScratchRepository scratch, ReadFolders.Place place)
      throws IOException {
    Path nowhere = Files.createDirectory(place.path().resolve("home"));
    return new Remote(source, url, scratch, nowhere, settings);
  }

  /// What this program says itself is a sentence; what JGit says of a folder may be anything.
  private static IOException told(GitUrl url, Exception e) {
    String name = "repository " + Quoted.of(url.toString());
    String message = String.valueOf(e.getMessage());
    if (e instanceof IOException told && message.startsWith(name)) {
      return told;
    }
    return new IOException(
        e.getClass() == IOException.class
            ? name + ": " + message
            : name + " can't be read: " + e.getClass().getSimpleName() + " " + Quoted.of(message));
  }
}
