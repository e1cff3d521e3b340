package dev.modgate.pipeline.event;

import static java.util.Objects.requireNonNull;

import dev.modgate.pipeline.store.BlobRef;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What was fetched of a module version.
///
/// @param zip null for a want of `MOD`
public record Files(BlobRef info, BlobRef mod, @Nullable BlobRef zip) {
  public Files {
    requireNonNull(info, "no info");
    requireNonNull(mod, "no mod");
  }

  /// The files of a module version.
  public enum Kind {
    INFO,
    MOD,
    ZIP;

    /// Such as `.zip`.
    public String ending() {
      return "." + EventJson.wireName(this);
    }
  }

  public Optional<BlobRef> zipIfAny() {
    return Optional.ofNullable(zip);
  }

  /// What a want of `MOD` is about.
  public Files withoutZip() {
    return new Files(info, mod, null);
  }

  /// Bytes in all.
  public long size() {
    return info.size() + mod.size() + (zip == null ? 0 : zip.size());
  }
}
