package dev.modgate.pipeline.store;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The keys of a folder's objects in the order of their text, as S3 has them. Holds the entries of
/// the folders on the way to the next key, not more. What has a name that no key can have is passed
/// over. For one thread.
final class SortedKeys implements Iterator<ObjectKey> {
  private final StoreFolder folder;
  private final String after;
  private final Deque<Iterator<Entry>> way = new ArrayDeque<>();
  private @Nullable ObjectKey next;

  /// A folder's text ends with a slash: that is where its keys stand among the others.
  private record Entry(String text, Path path) implements Comparable<Entry> {
    boolean isFolder() {
      return text.endsWith("/");
    }

    @Override
    public int compareTo(Entry other) {
      return text.compareTo(other.text);
    }
  }

  /// @param after the keys that come after this one; all where it is empty
  SortedKeys(StoreFolder folder, Optional<ObjectKey> after) throws IOException {
    this.folder = folder;
    this.after = after.map(ObjectKey::value).orElse("");
    way.push(entries("", folder.root()).iterator());
  }

  @Override
  public boolean hasNext() {
    while (next == null && !way.isEmpty()) {
      Iterator<Entry> entries = way.element();
      if (!entries.hasNext()) {
        way.pop();
        continue;
      }
      Entry entry = entries.next();
      try {
        if (!entry.isFolder()) {
          next = key(entry.text).orElse(null);
        } else {
          way.push(entries(entry.text, entry.path).iterator());
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return next != null;
  }

  @Override
  public ObjectKey next() {
    if (!hasNext() || next == null) {
      throw new NoSuchElementException();
    }
    ObjectKey found = next;
    next = null;
    return found;
  }

  private List<Entry> entries(String prefix, Path path) throws IOException {
    var entries = new ArrayList<Entry>();
    try (var children = Files.newDirectoryStream(path)) {
      for (Path child : children) {
        String text = prefix + child.getFileName();
        if (folder.isOwn(child)) {
          continue;
        }
        if (Files.isDirectory(child, NOFOLLOW_LINKS)) {
          add(entries, text + "/", child);
        } else if (Files.isRegularFile(child, NOFOLLOW_LINKS)) {
          add(entries, text, child);
        }
      }
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    } catch (NoSuchFileException | NotDirectoryException e) {
      if (prefix.isEmpty()) {
        throw e;
      }
      return List.of(); // removed between two looks
    }
    Collections.sort(entries);
    return entries;
  }

  private void add(List<Entry> entries, String text, Path path) {
    boolean passed = text.endsWith("/") ? folderIsPassed(text) : text.compareTo(after) <= 0;
    if (!passed) {
      entries.add(new Entry(text, path));
    }
  }

  private boolean folderIsPassed(String text) {
    return text.compareTo(after) < 0 && !after.startsWith(text);
  }

  private static Optional<ObjectKey> key(String text) {
    try {
      return Optional.of(new ObjectKey(text));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
