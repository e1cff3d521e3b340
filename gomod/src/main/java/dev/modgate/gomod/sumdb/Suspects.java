package dev.modgate.gomod.sumdb;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Heads that the key has signed and that could not be shown to belong to the history, because
/// their tiles were withheld or wrong. They are looked at again once the remembered tree tells.
final class Suspects {
  /// The oldest goes when there are more.
  private static final int MAX = 100;

  private final Map<String, SignedHead> heads =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, SignedHead> eldest) {
          return size() > MAX;
        }
      };

  synchronized void add(SignedHead head) {
    heads.put(head.note(), head);
  }

  synchronized void remove(SignedHead head) {
    heads.remove(head.note());
  }

  /// Those of which a tree of this size tells.
  synchronized List<SignedHead> upTo(long size) {
    return new ArrayList<>(heads.values().stream().filter(head -> head.size() <= size).toList());
  }
}
