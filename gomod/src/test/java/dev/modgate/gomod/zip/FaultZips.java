package dev.modgate.gomod.zip;

import dev.modgate.gomod.module.ModuleVersion;
import dev.modgate.gomod.zip.OddZip.Item;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;

/// How each zip among the data files is made: `bad/` has one for each fault, named by it, and
/// `good/` has what looks odd but is right.
final class FaultZips {
  static final ModuleVersion MODULE = ModuleVersion.parse("example.com/m@v1.0.0");
  static final String PREFIX = MODULE + "/";
  static final String M = PREFIX + "m.go";

  private FaultZips() {}

  /// By the path of the data file, without its ending.
  static Map<String, byte[]> all() {
    Map<String, byte[]> all = new TreeMap<>();
    RightZips.add(all);
    FaultyEnds.add(all);
    FaultyHeaders.add(all);
    FaultyContents.add(all);
    FaultyNames.add(all);
    return all;
  }

  /// A file that every zip has, so that the fault is not that there is nothing.
  static Item goMod() {
    return OddZip.stored(PREFIX + "go.mod", "module example.com/m\n");
  }

  static Item file() {
    return OddZip.stored(M, "package m\n");
  }

  static byte[] zip(Item... items) {
    var zip = new OddZip().add(goMod());
    for (Item item : items) {
      zip.add(item);
    }
    return zip.bytes();
  }

  static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  static byte[] join(byte[]... parts) {
    var out = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      out.writeBytes(part);
    }
    return out.toByteArray();
  }
}
