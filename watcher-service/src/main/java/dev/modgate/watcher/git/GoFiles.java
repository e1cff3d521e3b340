package dev.modgate.watcher.git;

import dev.modgate.gomod.quote.Quoted;
import dev.modgate.watcher.git.wire.GitSettings;
import dev.modgate.watcher.run.CommitReader.RefusedException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectLoader;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.treewalk.TreeWalk;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Which files of a tree say what it needs, and what is in them.
///
/// @param folders to look in, without `/` at their ends; empty for the whole tree
record GoFiles(List<String> folders, GitSettings settings) {
  private static final Logger log = LoggerFactory.getLogger(GoFiles.class);
  private static final Set<String> NAMES = Set.of("go.mod", "go.sum", "go.work", "go.work.sum");
  private static final int LONGEST_PATH = 4096;
  private static final byte[] LFS =
      "version https://git-lfs.github.com/spec/".getBytes(StandardCharsets.US_ASCII);

  /// @return blobs by their paths
  /// @throws RefusedException when the tree is larger than the settings allow
  SortedMap<String, ObjectId> find(ObjectReader objects, ObjectId tree)
      throws IOException, RefusedException {
    var found = new TreeMap<String, ObjectId>();
    int entries = 0;
    try (var walk = new TreeWalk(objects)) {
      walk.addTree(tree);
      while (walk.next()) {
        if (++entries > settings.mostEntries()) {
          throw new RefusedException(
              "has a tree of more than " + settings.mostEntries() + " entries, git.most-entries");
        }
        if (walk.getPathLength() > LONGEST_PATH) {
          throw new RefusedException("has a path longer than " + LONGEST_PATH + " bytes");
        }
        if (walk.isSubtree()) {
          enter(walk);
        } else if (isWanted(walk)) {
          found.putIfAbsent(walk.getPathString(), walk.getObjectId(0));
          if (found.size() > settings.mostFiles()) {
            throw new RefusedException(
                "has more than " + settings.mostFiles() + " go.mod and such, git.most-files");
          }
        }
      }
    }
    return found;
  }

  private void enter(TreeWalk walk) throws IOException, RefusedException {
    if (isLookedIn(walk.getPathString(), walk.getNameString())) {
      if (walk.getDepth() >= settings.deepestFolder()) {
        throw new RefusedException(
            "has folders in folders deeper than "
                + settings.deepestFolder()
                + ", git.deepest-folder: "
                + Quoted.of(walk.getPathString()));
      }
      walk.enterSubtree();
    }
  }

  private boolean isLookedIn(String path, String name) {
    if (folders.contains(path) || folders.stream().anyMatch(it -> it.startsWith(path + "/"))) {
      return true; // it is declared, or leads there
    }
    return isInFolders(path)
        && !isVendored(path)
        && !name.startsWith("_")
        && !name.startsWith(".")
        && !name.equals("testdata");
  }

  private boolean isInFolders(String path) {
    return folders.isEmpty() || folders.stream().anyMatch(it -> path.startsWith(it + "/"));
  }

  /// Below a folder `vendor`.
  private static boolean isVendored(String path) {
    return path.startsWith("vendor/") || path.contains("/vendor/");
  }

  private boolean isWanted(TreeWalk walk) {
    String path = walk.getPathString();
    boolean named =
        isVendored(path)
            ? path.equals("vendor/modules.txt") || path.endsWith("/vendor/modules.txt")
            : NAMES.contains(walk.getNameString());
    if (!named || !isInFolders(path)) {
      return false;
    }
    FileMode mode = walk.getFileMode(0);
    if (mode.equals(FileMode.SYMLINK)) {
      log.info("{} is a symbolic link, which is not followed", Quoted.of(path));
    }
    return mode.equals(FileMode.REGULAR_FILE) || mode.equals(FileMode.EXECUTABLE_FILE);
  }

  /// @param blobs all of which are there
  /// @throws RefusedException when a file is too large, or is none
  SortedMap<String, byte[]> read(ObjectReader objects, SortedMap<String, ObjectId> blobs)
      throws IOException, RefusedException {
    var files = new TreeMap<String, byte[]>();
    long all = 0;
    for (var blob : blobs.entrySet()) {
      ObjectLoader file = objects.open(blob.getValue(), Constants.OBJ_BLOB);
      long most = settings.largestObject().toBytes();
      String name = Quoted.of(blob.getKey());
      if (file.getSize() > most) {
        throw new RefusedException(
            name + " has " + file.getSize() + " bytes, git.largest-object is " + most);
      }
      all += file.getSize();
      if (all > settings.mostContent().toBytes()) {
        throw new RefusedException(
            "go.mod and such have together more than "
                + settings.mostContent().toBytes()
                + " bytes, git.most-content");
      }
      byte[] bytes = file.getBytes((int) most);
      if (isPointer(bytes)) {
        throw new RefusedException(
            name + " is a pointer of Git LFS: the file itself is not in the commit");
      }
      files.put(blob.getKey(), bytes);
    }
    return files;
  }

  private static boolean isPointer(byte[] bytes) {
    return bytes.length > LFS.length && Arrays.equals(bytes, 0, LFS.length, LFS, 0, LFS.length);
  }
}
