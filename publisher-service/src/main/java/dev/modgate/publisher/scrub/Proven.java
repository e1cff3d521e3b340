package dev.modgate.publisher.scrub;

import dev.modgate.gomod.dirhash.GoModHash;
import dev.modgate.gomod.dirhash.H1;
import dev.modgate.gomod.module.ModuleVersion;
import dev.modgate.gomod.zip.ModuleZip;
import dev.modgate.pipeline.event.Evidence;
import dev.modgate.pipeline.event.Files;
import dev.modgate.pipeline.event.SumDbEvidence;
import dev.modgate.pipeline.event.Want;
import dev.modgate.pipeline.store.BlobRef;
import dev.modgate.pipeline.store.ObjectReader;
import dev.modgate.pipeline.zone.StoredEvidence;
import java.io.IOException;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/// What is believed of a module version: evidence that a pinned verifier has signed, at least one.
///
/// @param evidence one a want
record Proven(ModuleVersion module, Map<Want, StoredEvidence> evidence) {
  Proven {
    evidence = Map.copyOf(evidence);
    if (evidence.isEmpty()) {
      throw new IllegalArgumentException(module + ": nothing is proven");
    }
  }

  boolean hasZip() {
    return evidence.containsKey(Want.ZIP);
  }

  List<Files.Kind> kinds() {
    return hasZip()
        ? List.of(Files.Kind.ZIP, Files.Kind.MOD, Files.Kind.INFO)
        : List.of(Files.Kind.MOD, Files.Kind.INFO);
  }

  /// The bytes that a verifier has signed.
  List<BlobRef> signed(Files.Kind kind) {
    return evidence.values().stream()
        .flatMap(e -> of(kind, e.evidence().files()))
        .distinct()
        .toList();
  }

  /// The bytes that the publisher says lie there, of another packing perhaps.
  List<BlobRef> stored(Files.Kind kind) {
    return evidence.values().stream().flatMap(e -> of(kind, e.stored())).distinct().toList();
  }

  /// Whether these are the right bytes: signed, or those that the publisher says lie there, if
  /// their h1 is the signed one: an `.info` has none.
  ///
  /// @param reader of them, read to any place
  boolean accepts(Files.Kind kind, BlobRef actual, ObjectReader reader) throws IOException {
    if (signed(kind).contains(actual)) {
      return true;
    }
    if (!stored(kind).contains(actual)) {
      return false;
    }
    reader.channel().position(0);
    return hasHash(kind, module, reader, goModHash(), zipHash());
  }

  /// Whether a file has the h1 that it is to have; an `.info` has none to compare.
  ///
  /// @param reader at its first byte
  static boolean hasHash(
      Files.Kind kind, ModuleVersion module, ObjectReader reader, H1 goMod, Optional<H1> zip)
      throws IOException {
    return switch (kind) {
      case INFO -> true;
      case MOD -> GoModHash.of(reader.stream()).equals(goMod);
      case ZIP -> {
        Optional<H1> hash = ModuleZip.inspect(reader.channel(), module).hash();
        yield hash.isPresent() && hash.equals(zip);
      }
    };
  }

  /// Whether right bytes can be so many.
  boolean mayHave(Files.Kind kind, long size) {
    return Stream.concat(signed(kind).stream(), stored(kind).stream())
        .anyMatch(r -> r.size() == size);
  }

  H1 goModHash() {
    return evidence.values().iterator().next().evidence().goModHash();
  }

  Optional<H1> zipHash() {
    return Optional.ofNullable(evidence.get(Want.ZIP)).map(e -> e.evidence().zipHash());
  }

  /// Of any proof of a checksum database.
  Optional<SumDbEvidence> sumdb() {
    return evidence.values().stream()
        .map(e -> e.evidence().sumdb())
        .filter(Objects::nonNull)
        .findFirst();
  }

  /// What a publisher is to publish to have it all as it should be.
  Map<Want, Evidence> toPublish() {
    var all = new EnumMap<Want, Evidence>(Want.class);
    evidence.forEach((want, stored) -> all.put(want, stored.evidence()));
    return all;
  }

  private static Stream<BlobRef> of(Files.Kind kind, Files files) {
    return switch (kind) {
      case INFO -> Stream.of(files.info());
      case MOD -> Stream.of(files.mod());
      case ZIP -> files.zipIfAny().stream();
    };
  }
}
