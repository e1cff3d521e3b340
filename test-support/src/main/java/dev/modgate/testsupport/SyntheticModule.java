package dev.modgate.testsupport;

import dev.modgate.gomod.dirhash.H1;
import dev.modgate.gomod.module.ModuleVersion;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.jspecify.annotations.Nullable;

/// A module version made up for a test: its files, and the `.info`, `.mod`, `.zip` and h1 hashes
/// that follow from them. The hashes are computed here in the plainest way, by nothing under test.
///
/// Immutable; each `with…` gives a changed copy. The `…Bytes` ones replace what a proxy would serve
/// and leave the hashes as they were: that is how a wrong file is made.
public final class SyntheticModule {
  private static final Instant COMMITTED = Instant.parse("2024-05-01T10:00:00Z");

  private final ModuleVersion module;
  private final Map<String, byte[]> files;
  private final int compression;
  private final byte @Nullable [] infoBytes;
  private final byte @Nullable [] modBytes;
  private final byte @Nullable [] zipBytes;

  private SyntheticModule(
      ModuleVersion module,
      Map<String, byte[]> files,
      int compression,
      byte @Nullable [] infoBytes,
      byte @Nullable [] modBytes,
      byte @Nullable [] zipBytes) {
    this.module = module;
    this.files = Collections.unmodifiableMap(new LinkedHashMap<>(files));
    this.compression = compression;
    this.infoBytes = infoBytes;
    this.modBytes = modBytes;
    this.zipBytes = zipBytes;
  }

  /// A small library: a go.mod, a LICENSE and one Go file that compiles.
  ///
  /// @param pathAtVersion such as `example.com/hello@v1.0.0`
  public static SyntheticModule of(String pathAtVersion) {
    return of(ModuleVersion.parse(pathAtVersion));
  }

  public static SyntheticModule of(ModuleVersion module) {
    var files = new LinkedHashMap<String, byte[]>();
    files.put("go.mod", utf8("module " + module.path() + "\n\ngo 1.20\n"));
    files.put("LICENSE", utf8("Public domain.\n"));
    files.put("lib.go", utf8("package lib\n\nconst Version = \"" + module.version() + "\"\n"));
    return new SyntheticModule(module, files, Deflater.DEFAULT_COMPRESSION, null, null, null);
  }

  public SyntheticModule withFile(String name, byte[] content) {
    var changed = new LinkedHashMap<>(files);
    changed.put(name, content.clone());
    return new SyntheticModule(module, changed, compression, infoBytes, modBytes, zipBytes);
  }

  public SyntheticModule withFile(String name, String content) {
    return withFile(name, utf8(content));
  }

  /// With a go.mod that requires others.
  ///
  /// @param requirements `path@version` each
  public SyntheticModule requiring(String... requirements) {
    var goMod = new StringBuilder("module " + module.path() + "\n\ngo 1.20\n");
    for (String requirement : requirements) {
      goMod.append("\nrequire ").append(requirement.replace('@', ' ')).append('\n');
    }
    return withFile("go.mod", goMod.toString());
  }

  public SyntheticModule withoutFile(String name) {
    var changed = new LinkedHashMap<>(files);
    changed.remove(name);
    return new SyntheticModule(module, changed, compression, infoBytes, modBytes, zipBytes);
  }

  /// The same files in other zip bytes: same h1, another SHA-256.
  public SyntheticModule repacked() {
    return new SyntheticModule(
        module, files, Deflater.NO_COMPRESSION, infoBytes, modBytes, zipBytes);
  }

  public SyntheticModule withInfoBytes(byte[] bytes) {
    return new SyntheticModule(module, files, compression, bytes.clone(), modBytes, zipBytes);
  }

  public SyntheticModule withModBytes(byte[] bytes) {
    return new SyntheticModule(module, files, compression, infoBytes, bytes.clone(), zipBytes);
  }

  public SyntheticModule withZipBytes(byte[] bytes) {
    return new SyntheticModule(module, files, compression, infoBytes, modBytes, bytes.clone());
  }

  public ModuleVersion module() {
    return module;
  }

  public byte[] info() {
    if (infoBytes != null) {
      return infoBytes.clone();
    }
    return utf8("{\"Version\":\"" + module.version() + "\",\"Time\":\"" + COMMITTED + "\"}");
  }

  /// The go.mod, or what a proxy makes up where the module has none.
  public byte[] mod() {
    return modBytes != null ? modBytes.clone() : goMod();
  }

  public byte[] zip() {
    return zipBytes != null ? zipBytes.clone() : zipOf(prefixed(), compression);
  }

  /// What a go.sum says about the zip, whatever bytes are served.
  public H1 zipHash() {
    return hash(prefixed());
  }

  /// What a go.sum says about the go.mod, whatever bytes are served.
  public H1 goModHash() {
    return hash(Map.of("go.mod", goMod()));
  }

  /// Both go.sum lines, each ended.
  public String goSum() {
    String key = module.path() + " " + module.version();
    return key + " " + zipHash() + "\n" + key + "/go.mod " + goModHash() + "\n";
  }

  /// A zip of just these entries, for what breaks the rules of module zips.
  ///
  /// @param entries full names, in the order in which they are written
  public static byte[] zipOf(Map<String, byte[]> entries) {
    return zipOf(entries, Deflater.DEFAULT_COMPRESSION);
  }

  private static byte[] zipOf(Map<String, byte[]> entries, int compression) {
    var bytes = new ByteArrayOutputStream();
    try (var zip = new ZipOutputStream(bytes)) {
      zip.setLevel(compression);
      for (var e : entries.entrySet()) {
        var entry = new ZipEntry(e.getKey());
        entry.setLastModifiedTime(FileTime.from(Instant.parse("1980-01-02T00:00:00Z")));
        zip.putNextEntry(entry);
        zip.write(e.getValue());
        zip.closeEntry();
      }
    } catch (IOException e) {
      throw new UncheckedIOException("memory does not fail", e);
    }
    return bytes.toByteArray();
  }

  private byte[] goMod() {
    return Optional.ofNullable(files.get("go.mod"))
        .map(byte[]::clone)
        .orElseGet(() -> utf8("module " + module.path() + "\n"));
  }

  private Map<String, byte[]> prefixed() {
    var entries = new LinkedHashMap<String, byte[]>();
    files.forEach((name, content) -> entries.put(module + "/" + name, content));
    return entries;
  }

  private static H1 hash(Map<String, byte[]> entries) {
    var lines = new StringBuilder();
    entries.keySet().stream()
        .sorted((a, b) -> Arrays.compareUnsigned(utf8(a), utf8(b)))
        .forEach(name ->
            lines
                .append(HexFormat.of().formatHex(sha256(bytesOf(entries, name))))
                .append("  ")
                .append(name)
                .append('\n'));
    return H1.of(sha256(utf8(lines.toString())));
  }

  private static byte[] bytesOf(Map<String, byte[]> entries, String name) {
    return Optional.ofNullable(entries.get(name)).orElseThrow();
  }

  private static byte[] sha256(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public String toString() {
    return module.toString();
  }
}
