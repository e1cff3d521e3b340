package dev.modgate.publisher;

import dev.modgate.gomod.dirhash.GoModHash;
import dev.modgate.gomod.dirhash.H1;
import dev.modgate.gomod.module.ModuleVersion;
import dev.modgate.gomod.proxy.VersionInfo;
import dev.modgate.gomod.proxy.VersionInfoException;
import dev.modgate.gomod.zip.ModuleZip;
import dev.modgate.gomod.zip.ZipReport;
import dev.modgate.pipeline.store.BlobRef;
import dev.modgate.pipeline.store.ObjectKey;
import dev.modgate.pipeline.store.ObjectReader;
import dev.modgate.pipeline.store.ObjectStore;
import dev.modgate.pipeline.store.Sha256;
import dev.modgate.pipeline.store.UnusableObjectException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What lies in the zone store where a file of a module version is to be.
///
/// It is that file where evidence names its bytes, where they were just delivered, or where they
/// are another packing: of the same h1. Anything else was put there by somebody else than a
/// publisher, and is a security event.
final class StoredFiles {
  private static final Logger log = LoggerFactory.getLogger(StoredFiles.class);
  private static final int BUFFER_BYTES = 64 * 1024;

  private final ObjectStore zone;

  StoredFiles(ObjectStore zone) {
    this.zone = zone;
  }

  /// A file that is to be inside.
  ///
  /// @param delivered what was verified
  /// @param onRecord what evidence says lies there; empty where nothing is said
  record Wanted(
      ModuleVersion module, Kind kind, ObjectKey key, BlobRef delivered, List<BlobRef> onRecord) {}

  /// What else than the bytes says that a file is the right one.
  sealed interface Kind {
    record Zip(H1 pinned) implements Kind {}

    record GoMod(H1 pinned) implements Kind {}

    /// Nothing is pinned, so where evidence names its bytes no others will do.
    record InfoFile() implements Kind {}
  }

  /// What lies there; empty where nothing does. Bytes there never change, so what is on record is
  /// believed where the size agrees.
  ///
  /// @throws UnusableObjectException where it is not the wanted file; naming both sides
  Optional<BlobRef> find(Wanted wanted) throws IOException {
    Optional<ObjectReader> object = zone.open(wanted.key);
    if (object.isEmpty()) {
      return Optional.empty();
    }
    try (ObjectReader reader = object.get()) {
      long size = reader.stat().size();
      List<BlobRef> likely = wanted.onRecord.stream().filter(r -> r.size() == size).toList();
      if (likely.size() == 1) {
        return Optional.of(likely.getFirst());
      }
      var actual = new BlobRef(sha256(reader), size);
      if (!actual.equals(wanted.delivered) && !wanted.onRecord.contains(actual)) {
        reader.channel().position(0);
        Optional<String> fault = fault(wanted, actual, reader);
        if (fault.isPresent()) {
          String sentence = "\"" + wanted.key + "\" " + fault.get() + "; it was changed inside";
          log.error("security: {}: {}", wanted.module, sentence);
          throw new UnusableObjectException(sentence);
        }
      }
      return Optional.of(actual);
    }
  }

  private static Optional<String> fault(Wanted wanted, BlobRef actual, ObjectReader reader)
      throws IOException {
    return switch (wanted.kind) {
      case Kind.Zip(var pinned) -> zipFault(wanted.module, pinned, reader);
      case Kind.GoMod(var pinned) -> {
        H1 hash = GoModHash.of(reader.stream());
        yield hash.equals(pinned) ? Optional.empty() : Optional.of(differs(hash, pinned));
      }
      case Kind.InfoFile() ->
          wanted.onRecord.isEmpty()
              ? infoFault(wanted.module, reader)
              : Optional.of(
                  "has sha256 "
                      + actual.sha256()
                      + " but "
                      + wanted.onRecord.stream()
                          .map(known -> known.sha256().hex())
                          .distinct()
                          .collect(Collectors.joining(" or "))
                      + " in the evidence");
    };
  }

  private static Optional<String> zipFault(ModuleVersion module, H1 pinned, ObjectReader reader)
      throws IOException {
    ZipReport report = ModuleZip.inspect(reader.channel(), module);
    if (report.hash().isEmpty()) {
      return Optional.of(
          "has no hash ("
              + report.faults().getFirst().sentence()
              + ") but "
              + pinned
              + " is pinned");
    }
    H1 hash = report.hash().get();
    return hash.equals(pinned) ? Optional.empty() : Optional.of(differs(hash, pinned));
  }

  private static String differs(H1 hash, H1 pinned) {
    return "has hash " + hash + " but " + pinned + " is pinned";
  }

  private static Optional<String> infoFault(ModuleVersion module, ObjectReader reader)
      throws IOException {
    try {
      var version = VersionInfo.parse(reader.readAll(VersionInfo.MAX_BYTES)).version();
      return version.equals(module.version())
          ? Optional.empty()
          : Optional.of("names version " + version + ", want " + module.version());
    } catch (VersionInfoException e) {
      return Optional.of("does not name version " + module.version() + ": " + e.getMessage());
    }
  }

  private static Sha256 sha256(ObjectReader reader) throws IOException {
    MessageDigest digest = Sha256.newDigest();
    ByteBuffer buffer = ByteBuffer.allocate(BUFFER_BYTES);
    while (reader.channel().read(buffer) >= 0) {
      digest.update(buffer.flip());
      buffer.clear();
    }
    return Sha256.from(digest.digest());
  }
}
