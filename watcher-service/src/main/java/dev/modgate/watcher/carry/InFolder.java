package dev.modgate.watcher.carry;

import dev.modgate.gomod.quote.Quoted;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Where somebody puts files for us. Others than those that are awaited are left alone, and said
/// once. For one thread.
public final class InFolder {
  /// A wrong file that does not change for so long is wrong, and not on its way.
  public static final Duration SETTLED = Duration.ofMinutes(1);

  private static final Logger LOG = LoggerFactory.getLogger(InFolder.class);
  private static final int MOST_AT_ONCE = 1_000;
  private static final int MOST_SAID = 10_000;
  private static final String ASIDE = "refused";

  private final Path folder;
  private final Pattern names;
  private final Clock clock;
  private final Map<Path, Seen> seen = new HashMap<>();
  private final Set<String> said = new HashSet<>();

  /// @param names what is awaited; its first group is a number, in whose order files come
  public InFolder(Path folder, Pattern names, Clock clock) {
    this.folder = folder;
    this.names = names;
    this.clock = clock;
  }

  /// @param finished nothing is left to be done, but the file could not be taken away
  private record Seen(long size, FileTime changed, Instant since, boolean finished) {
    boolean isOf(BasicFileAttributes file) {
      return size == file.size() && changed.equals(file.lastModifiedTime());
    }
  }

  private record Found(Path path, long number) {}

  /// The lowest numbers first, some at a time.
  ///
  /// @throws IOException when the folder can't be read now
  public List<Path> files() throws IOException {
    var found = new ArrayList<Found>();
    var there = new HashSet<Path>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
      for (Path entry : entries) {
        Matcher name = names.matcher(entry.getFileName().toString());
        if (name.matches() && look(entry)) {
          there.add(entry);
          found.add(new Found(entry, number(name.group(1))));
        } else if (!name.matches()) {
          sayStrange(entry);
        }
      }
    } catch (java.nio.file.DirectoryIteratorException e) {
      throw e.getCause();
    }
    seen.keySet().retainAll(there);
    return found.stream()
        .filter(file -> !finished(file.path()))
        .sorted(Comparator.comparingLong(Found::number))
        .limit(MOST_AT_ONCE)
        .map(Found::path)
        .toList();
  }

  private boolean finished(Path file) {
    Seen as = seen.get(file);
    return as != null && as.finished();
  }

  private static long number(String digits) {
    try {
      return Long.parseLong(digits);
    } catch (NumberFormatException e) {
      return Long.MAX_VALUE;
    }
  }

  /// Notes how the file is; false where it is none to be read.
  private boolean look(Path file) throws IOException {
    BasicFileAttributes now;
    try {
      now = Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    } catch (NoSuchFileException e) {
      return false;
    }
    if (!now.isRegularFile()) {
      sayStrange(file);
      return false;
    }
    Seen before = seen.get(file);
    if (before == null || !before.isOf(now)) {
      seen.put(file, new Seen(now.size(), now.lastModifiedTime(), clock.instant(), false));
    }
    return true;
  }

  private void sayStrange(Path entry) {
    String name = entry.getFileName().toString();
    if (name.equals(ASIDE) || name.startsWith(".") || said.size() >= MOST_SAID) {
      return;
    }
    if (said.add(name)) {
      LOG.warn(
          "{} in {} is left alone: it is none of the files that are awaited there",
          Quoted.of(name),
          folder);
    }
  }

  /// Without following a link.
  public InputStream open(Path file) throws IOException {
    return Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS);
  }

  /// Whether it has stayed the same for a while, as far as was looked.
  public boolean settled(Path file) {
    Seen as = seen.get(file);
    return as != null && !clock.instant().isBefore(as.since().plus(SETTLED));
  }

  /// What was in it is done.
  public void done(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      keep(file, e);
    }
  }

  /// It is not to be done, and kept for people.
  public void setAside(Path file) {
    try {
      Path aside = Files.createDirectories(folder.resolve(ASIDE));
      try {
        Files.move(file, aside.resolve(file.getFileName()));
      } catch (FileAlreadyExistsException e) {
        Files.move(file, aside.resolve(file.getFileName() + "." + clock.millis()));
      }
    } catch (IOException e) {
      keep(file, e);
    }
  }

  private void keep(Path file, IOException why) {
    Seen as = seen.get(file);
    if (as != null) {
      seen.put(file, new Seen(as.size(), as.changed(), as.since(), true));
    }
    if (said.size() < MOST_SAID && said.add("/" + file.getFileName())) {
      LOG.warn("{} was read, but can't be taken away: {}", file, why.toString());
    }
  }
}
