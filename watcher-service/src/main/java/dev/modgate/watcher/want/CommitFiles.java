package dev.modgate.watcher.want;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/// What one commit says about what it needs.
///
/// @param commit its id in lower-case hex
/// @param ref where it was found
/// @param files `go.mod`, `go.sum`, `go.work`, `go.work.sum` and `vendor/modules.txt` by their
///   paths in the tree, such as `cmd/tool/go.mod`; nothing from below a `vendor` folder but its
///   `modules.txt`
public record CommitFiles(String commit, String ref, SortedMap<String, byte[]> files) {
  public CommitFiles {
    files = Collections.unmodifiableSortedMap(new TreeMap<>(files));
  }
}
