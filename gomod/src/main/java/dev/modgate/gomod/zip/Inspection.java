package dev.modgate.gomod.zip;

import dev.modgate.gomod.dirhash.TreeHash;
import dev.modgate.gomod.module.ModuleVersion;
import dev.modgate.gomod.zip.ZipFault.Kind;
import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// One run over one zip: first what the directory says, then what the bytes say.
final class Inspection {
  private final ZipBytes zip;
  private final EndRecord end;
  private final ModuleVersion module;
  private final ZipLimits limits;
  private final FaultList faults = new FaultList();
  private final MessageDigest sha256 = sha256();
  private final List<TreeHash.Leaf> leaves = new ArrayList<>();
  private byte @Nullable [] goMod;

  Inspection(ZipBytes zip, EndRecord end, ModuleVersion module, ZipLimits limits) {
    this.zip = zip;
    this.end = end;
    this.module = module;
    this.limits = limits;
  }

  ZipReport inspect(List<Entry> entries) throws IOException {
    if (checkDirectory(entries)) {
      checkContents(entries);
    }
    return new ZipReport(
        faults.isEmpty() ? Optional.of(TreeHash.of(leaves)) : Optional.empty(),
        Optional.ofNullable(goMod),
        faults.toList());
  }

  /// @return whether the contents may be read
  private boolean checkDirectory(List<Entry> entries) {
    var names = new NameRules(module, limits, faults);
    long total = 0;
    try {
      for (Entry entry : entries) {
        names.check(entry);
        entry.checkRegular(faults);
        checkSize(entry, "go.mod", limits.goModBytes());
        checkSize(entry, "LICENSE", limits.licenseBytes());
        total += entry.size();
      }
    } catch (BrokenZip e) {
      faults.add(e.fault());
      return false;
    }
    if (total > limits.contentBytes()) {
      faults.add(
          Kind.TOO_LARGE,
          "entries declare "
              + total
              + " bytes of contents, at most "
              + limits.contentBytes()
              + " are allowed");
      return false;
    }
    return !faults.isFull();
  }

  private void checkSize(Entry entry, String file, long limit) {
    if (entry.size() > limit && isAtRoot(entry, file)) {
      faults.add(
          Kind.TOO_LARGE,
          entry.quoted() + " has " + entry.size() + " bytes, at most " + limit + " are allowed");
    }
  }

  private boolean isAtRoot(Entry entry, String file) {
    return entry.name().equals(NameRules.prefix(module) + file);
  }

  /// In the order in which they lie in the file: the disk reads forward, and entries that share
  /// bytes meet.
  private void checkContents(List<Entry> entries) throws IOException {
    var inOrder = new ArrayList<>(entries);
    inOrder.sort(Comparator.comparingLong(Entry::offset));
    long previousEnd = 0;
    try (var reader = new EntryReader(zip, end.offset())) {
      for (Entry entry : inOrder) {
        if (faults.isFull()) {
          return;
        }
        previousEnd = checkContents(entry, reader, previousEnd);
      }
    }
  }

  private long checkContents(Entry entry, EntryReader reader, long previousEnd) throws IOException {
    String unsupported = entry.unsupported();
    if (unsupported != null) {
      faults.add(Kind.UNSUPPORTED, unsupported);
      return previousEnd;
    }
    if (entry.offset() < previousEnd) {
      faults.add(
          Kind.DISAGREEMENT,
          entry.quoted()
              + " begins at offset "
              + entry.offset()
              + " but the entry before it ends at "
              + previousEnd);
      return previousEnd;
    }
    try {
      return hash(entry, reader);
    } catch (BrokenZip e) {
      faults.add(e.fault());
      return previousEnd;
    }
  }

  private long hash(Entry entry, EntryReader reader) throws IOException, BrokenZip {
    var copy = goMod == null && isGoModToKeep(entry) ? new Copy(entry.size()) : null;
    sha256.reset();
    long entryEnd =
        reader.read(
            entry,
            (buffer, from, length) -> {
              sha256.update(buffer, from, length);
              if (copy != null) {
                copy.take(buffer, from, length);
              }
            });
    byte[] digest = sha256.digest();
    if (faults.isEmpty()) {
      leaves.add(new TreeHash.Leaf(entry.name(), digest)); // a line feed is a fault of the name
    }
    if (copy != null) {
      goMod = copy.bytes;
    }
    return entryEnd;
  }

  private boolean isGoModToKeep(Entry entry) {
    return entry.size() <= limits.goModBytes() && isAtRoot(entry, "go.mod");
  }

  /// Holds exactly the declared size, which the reader enforces.
  private static final class Copy {
    private final byte[] bytes;
    private int length;

    Copy(long size) {
      bytes = new byte[(int) size];
    }

    void take(byte[] buffer, int from, int count) {
      System.arraycopy(buffer, from, bytes, length, count);
      length += count;
    }
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("this Java has no SHA-256", e);
    }
  }
}
