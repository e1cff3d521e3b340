package dev.modgate.gomod.zip;

import static dev.modgate.gomod.zip.FaultZips.M;
import static dev.modgate.gomod.zip.FaultZips.PREFIX;
import static dev.modgate.gomod.zip.FaultZips.ascii;
import static dev.modgate.gomod.zip.FaultZips.join;
import static dev.modgate.gomod.zip.FaultZips.zip;

import dev.modgate.gomod.zip.OddZip.Item;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.function.Consumer;

/// What is in the entries, and how large it is said to be.
final class FaultyContents {
  private static final byte[] CONTENT = ascii("package m // and more of it, and more of it\n");

  private final Map<String, byte[]> zips;

  private FaultyContents(Map<String, byte[]> zips) {
    this.zips = zips;
  }

  static void add(Map<String, byte[]> zips) {
    var contents = new FaultyContents(zips);
    contents.addSizes();
    contents.addStreams();
    contents.addLimits();
    contents.addMany();
  }

  private void put(String name, Item... items) {
    zips.put("bad/" + name, zip(items));
  }

  private void putDeflated(String name, Consumer<Item> change) {
    Item item = OddZip.deflated(M, CONTENT);
    change.accept(item);
    put(name, item);
  }

  private void putData(String name, byte[] data) {
    put(name, OddZip.deflatedAs(M, data, CONTENT));
  }

  private void addSizes() {
    putDeflated("more-bytes-than-declared", item -> item.declare(CONTENT.length - 1));
    putDeflated("fewer-bytes-than-declared", item -> item.declare(CONTENT.length + 1));
    putDeflated("bytes-where-none-are-declared", item -> item.declare(0));
    Item stored = FaultZips.file();
    stored.declare(11);
    put("stored-with-another-size", stored);
    Item bomb = OddZip.deflated(M, new byte[10 << 20]);
    bomb.declare(10);
    put("bomb-of-1-to-1000-that-declares-little", bomb);
    putDeflated(
        "checksum-wrong",
        item -> {
          item.crc = 1;
          item.localCrc = 1;
        });
    putDeflated(
        "checksum-zero",
        item -> {
          item.crc = 0;
          item.localCrc = 0;
        });
  }

  private void addStreams() {
    byte[] data = OddZip.deflated(M, CONTENT).data;
    putData("stream-with-bytes-behind-its-end", join(data, ascii("hidden")));
    putData("stream-without-its-last-byte", Arrays.copyOf(data, data.length - 1));
    int length = CONTENT.length;
    byte[] block = {0, (byte) length, 0, (byte) ~length, (byte) 0xff};
    putData("stream-without-a-last-block", join(block, CONTENT));
    putData("stream-of-no-known-block", new byte[] {7});
    putData("stream-that-reaches-back-too-far", new byte[] {0x4b, 0x04, 0x42, 0x00});
    putData("stream-empty", new byte[0]);
    byte[] wrong = join(block, CONTENT);
    wrong[0] = 1;
    wrong[3] ^= 1;
    putData("stream-with-a-wrong-length", wrong);
    addStreamsThatSomeRead();
  }

  /// libdeflate takes these, and finds what is declared.
  private void addStreamsThatSomeRead() {
    byte[] bell = ascii("\u0007" + "n".repeat(259));
    byte[] length286 = HexFormat.of().parseHex("63cf1b0700");
    put("stream-with-an-unknown-length", OddZip.deflatedAs(M, length286, bell));
    byte[] halfCode = HexFormat.of().parseHex("0dc081000000008020d6fc253e0f");
    put("stream-with-half-a-code", OddZip.deflatedAs(M, halfCode, ascii("aaaa")));
  }

  private void addLimits() {
    Item goMod = OddZip.stored(PREFIX + "go.mod", "");
    goMod.declare((16 << 20) + 1);
    zips.put("bad/go-mod-above-its-limit", new OddZip().add(goMod).bytes());
    Item license = OddZip.stored(PREFIX + "LICENSE", "");
    license.declare((16 << 20) + 1);
    put("license-above-its-limit", license);
    Item whole = OddZip.stored(M, "package m\n");
    whole.declare((500 << 20) + 1);
    put("contents-above-the-limit", whole);
    Item one = OddZip.stored(PREFIX + "a", "");
    one.declare(300 << 20);
    Item other = OddZip.stored(PREFIX + "b", "");
    other.declare(300 << 20);
    put("contents-above-the-limit-together", one, other);
    Item huge = OddZip.stored(M, "package m\n");
    huge.declare(0xffff_fffeL);
    put("contents-of-4-gibibytes", huge);
  }

  private void addMany() {
    Item link = OddZip.stored(PREFIX + "link", "");
    link.attributes = 0120777L << 16;
    Item encrypted = OddZip.stored(PREFIX + "secret", "");
    encrypted.flags = 1;
    Item renamed = OddZip.stored(PREFIX + "n.go", "package m\n");
    renamed.localName = PREFIX + "o.go";
    Item broken = OddZip.deflated(PREFIX + "p.go", CONTENT);
    broken.crc = 1;
    broken.localCrc = 1;
    put(
        "many-faults",
        OddZip.stored("elsewhere.go", ""),
        OddZip.stored(PREFIX + "con.go", ""),
        OddZip.stored(PREFIX + "sub/go.mod", ""),
        OddZip.stored(PREFIX + "a", ""),
        OddZip.stored(PREFIX + "A", ""),
        link,
        encrypted,
        renamed,
        broken);
    Item[] nameless = new Item[120];
    Arrays.setAll(nameless, i -> OddZip.stored("elsewhere-" + i + ".go", ""));
    put("more-faults-than-are-listed", nameless);
  }
}
