package dev.modgate.gomod.zip;

import dev.modgate.gomod.dirhash.GoModHash;
import dev.modgate.gomod.dirhash.H1;
import dev.modgate.gomod.module.ModuleVersion;
import dev.modgate.gomod.zip.ZipFault.Kind;
import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// One run over one zip: first what the directory says, then what the bytes say.
final class Inspection {
  private static final ZipLimits LIMITS = ZipLimits.GO;

  private final ZipBytes zip;
  private final EndRecord end;
  private final ModuleVersion module;
  private final String goModName;
  private final Inflate inflate;
  private final FaultList faults = new FaultList();
  private final MessageDigest sha256 = sha256();
  private final Entries entries;
  private @Nullable H1 goModHash;

  Inspection(ZipBytes zip, EndRecord end, Entries entries, ModuleVersion module, Inflate inflate) {
    this.zip = zip;
    this.end = end;
    this.entries = entries;
    this.module = module;
    this.goModName = NameRules.prefix(module) + "go.mod";
    this.inflate = inflate;
  }

  ZipReport inspect() throws IOException {
    if (checkDirectory()) {
      checkContents();
    }
    return new ZipReport(
        faults.isEmpty() ? Optional.of(entries.treeHash()) : Optional.empty(),
        Optional.ofNullable(goModHash),
        faults.toList());
  }

  /// @return whether the contents may be read
  private boolean checkDirectory() {
    var names = new NameRules(module, faults);
    int[] comparable = new int[entries.count()];
    int comparables = 0;
    long total = 0;
    for (int number = 0; number < entries.count(); number++) {
      Entry entry = entries.get(number);
      if (names.check(entry)) {
        comparable[comparables++] = number;
      }
      entry.checkRegular(faults);
      checkSize(entry, "go.mod", LIMITS.goModBytes());
      checkSize(entry, "LICENSE", LIMITS.licenseBytes());
      total += entry.size();
    }
    NameClashes.find(entries, Arrays.copyOf(comparable, comparables), faults);
    if (total > LIMITS.contentBytes()) {
      faults.add(
          Kind.TOO_LARGE,
          "entries declare "
              + total
              + " bytes of contents, at most "
              + LIMITS.contentBytes()
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

  /// In the order in which they lie in the file: the disk reads forward, and bytes that two entries
  /// share, or that none has, are seen.
  private void checkContents() throws IOException {
    int[] inOrder =
        EntryOrder.of(
            entries.count(), (a, b) -> Long.compare(entries.offset(a), entries.offset(b)));
    var seams = new Seams(faults);
    try (var reader = new EntryReader(zip, end.offset(), inflate)) {
      for (int number : inOrder) {
        if (faults.isFull()) {
          return;
        }
        checkContents(number, reader, seams);
      }
    }
    seams.directory(end.offset());
  }

  private void checkContents(int number, EntryReader reader, Seams seams) throws IOException {
    Entry entry = entries.get(number);
    String unsupported = entry.unsupported();
    if (unsupported != null) {
      faults.add(Kind.UNSUPPORTED, unsupported);
      seams.skip();
      return;
    }
    if (!seams.begin(entry)) {
      return;
    }
    try {
      seams.end(hash(number, entry, reader));
    } catch (BrokenZip e) {
      faults.add(e.fault());
      seams.skip();
    }
  }

  private long hash(int number, Entry entry, EntryReader reader) throws IOException, BrokenZip {
    sha256.reset();
    long entryEnd = reader.read(entry, sha256::update);
    byte[] digest = sha256.digest();
    entries.digest(number, digest);
    if (goModHash == null && entry.name().equals(goModName)) {
      goModHash = GoModHash.ofContents(digest);
    }
    return entryEnd;
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("this Java has no SHA-256", e);
    }
  }
}
