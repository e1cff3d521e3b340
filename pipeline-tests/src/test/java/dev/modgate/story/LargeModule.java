package dev.modgate.story;

import dev.modgate.gomod.dirhash.GoModHash;
import dev.modgate.gomod.dirhash.H1;
import dev.modgate.gomod.module.ModuleVersion;
import dev.modgate.gomod.proxy.ProxyPath;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Random;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/// A module version whose zip is as large as one may be, 500 MiB but for some KiB, written as a
/// GOPROXY serves it. Its one large file can't be compressed.
///
/// @param goSum both lines, each ended
record LargeModule(ModuleVersion module, String goSum) {
  private static final int BLOCK = 1 << 20;
  private static final int BLOCKS = 499;

  /// @param folder `.info`, `.mod` and `.zip` get their places below it
  static LargeModule write(ModuleVersion module, Path folder) throws Exception {
    byte[] goMod = ("module " + module.path() + "\n").getBytes(StandardCharsets.UTF_8);
    Path zip = folder.resolve(ProxyPath.zip(module));
    Files.createDirectories(zip.resolveSibling("."));
    Files.writeString(
        folder.resolve(ProxyPath.info(module)), "{\"Version\":\"" + module.version() + "\"}");
    Files.write(folder.resolve(ProxyPath.mod(module)), goMod);
    H1 hash = writeZip(module, goMod, zip);
    String key = module.path() + " " + module.version();
    return new LargeModule(
        module, key + " " + hash + "\n" + key + "/go.mod " + GoModHash.of(goMod) + "\n");
  }

  private static H1 writeZip(ModuleVersion module, byte[] goMod, Path file) throws Exception {
    MessageDigest data = MessageDigest.getInstance("SHA-256");
    var random = new Random(1);
    var block = new byte[BLOCK];
    try (var zip = new ZipOutputStream(Files.newOutputStream(file))) {
      zip.setLevel(Deflater.NO_COMPRESSION);
      zip.putNextEntry(new ZipEntry(module + "/data.bin"));
      for (int i = 0; i < BLOCKS; i++) {
        random.nextBytes(block);
        data.update(block);
        zip.write(block);
      }
      zip.putNextEntry(new ZipEntry(module + "/go.mod"));
      zip.write(goMod);
    }
    String lines =
        line(data.digest(), module + "/data.bin") + line(sha256(goMod), module + "/go.mod");
    return H1.of(sha256(lines.getBytes(StandardCharsets.UTF_8)));
  }

  private static String line(byte[] hash, String name) {
    return HexFormat.of().formatHex(hash) + "  " + name + "\n";
  }

  private static byte[] sha256(byte[] bytes) throws Exception {
    return MessageDigest.getInstance("SHA-256").digest(bytes);
  }
}
