package dev.modgate.gomod.zip;

import static dev.modgate.gomod.zip.FaultZips.M;
import static dev.modgate.gomod.zip.FaultZips.PREFIX;
import static dev.modgate.gomod.zip.FaultZips.ascii;
import static dev.modgate.gomod.zip.FaultZips.file;
import static dev.modgate.gomod.zip.FaultZips.goMod;
import static dev.modgate.gomod.zip.FaultZips.join;
import static dev.modgate.gomod.zip.FaultZips.zip;

import dev.modgate.gomod.zip.OddZip.Item;
import java.util.Arrays;
import java.util.Map;
import java.util.function.Consumer;

/// What looks odd but is a module zip.
final class RightZips {
  private final Map<String, byte[]> zips;

  private RightZips(Map<String, byte[]> zips) {
    this.zips = zips;
  }

  static void add(Map<String, byte[]> zips) {
    var right = new RightZips(zips);
    right.addWhole();
    right.addEntries();
  }

  private void put(String name, byte[] zip) {
    zips.put("good/" + name, zip);
  }

  private void addWhole() {
    put("plain", zip(file()));
    put("empty", new OddZip().bytes());
    put("no-go-mod", new OddZip().add(file()).bytes());
    put("comment", commented("a comment, as git archive writes one"));
    put("zip-stored-within-the-last-entry", zip(OddZip.stored(PREFIX + "in.zip", zip(file()))));
    put("zip64-end-record-not-needed", zip64(0xffff_ffffL, 0xffff_ffffL));
    put("zip64-end-record-beside-true-sizes", zip64(-1, -1));
  }

  private static byte[] commented(String comment) {
    var zip = new OddZip().add(goMod());
    byte[] entries = zip.entries();
    byte[] directory = zip.directory();
    return join(
        entries, directory, OddZip.end(1, directory.length, entries.length, ascii(comment)));
  }

  /// 65,535 in the short record is the sign; the true count is in the other one.
  static byte[] zip64(long shortSize, long shortOffset) {
    var zip = new OddZip().add(goMod()).add(file());
    byte[] entries = zip.entries();
    byte[] directory = zip.directory();
    int end = entries.length + directory.length;
    return join(
        entries,
        directory,
        OddZip.end64(2, directory.length, entries.length, end, 1),
        OddZip.end(
            0xffff,
            shortSize < 0 ? directory.length : shortSize,
            shortOffset < 0 ? entries.length : shortOffset,
            new byte[0]));
  }

  private void addEntries() {
    put("deflated", zip(OddZip.deflated(M, new byte[1000])));
    putItem("descriptor", item -> item.describeBehind(item.crc, item.compressed, item.size));
    putItem(
        "descriptor-without-signature",
        item -> {
          item.describeBehind(item.crc, item.compressed, item.size);
          item.behind = Arrays.copyOfRange(item.behind, 4, 16);
        });
    put(
        "directory-entries",
        zip(directory(""), directory("a/"), OddZip.stored(PREFIX + "a/b.go", ""), directory("a/")));
    put(
        "vendored-package",
        zip(OddZip.stored(PREFIX + "vendor/example.com/x/x.go", "package x\n")));
    put("empty-file", zip(OddZip.stored(M, "")));
    put("name-in-utf8-without-its-flag", zip(OddZip.stored(PREFIX + "é/世界.go", "package m\n")));
    put(
        "names-that-differ-in-more-than-case",
        zip(
            OddZip.stored(PREFIX + "ı", ""),
            OddZip.stored(PREFIX + "I", ""),
            OddZip.stored(PREFIX + "İ", "")));
    put("go-mod-as-a-folder", zip(OddZip.stored(PREFIX + "a/go.mod/b.go", "")));
    putItem(
        "extra-field-with-time", item -> item.extra = new byte[] {0x55, 0x54, 5, 0, 1, 0, 0, 0, 0});
    putItem("mode-executable", item -> item.attributes = 0100755L << 16);
    putItem("mode-unknown", item -> item.attributes = 0);
  }

  static Item directory(String name) {
    Item item = OddZip.stored(PREFIX + name, "");
    item.attributes = 040755L << 16;
    return item;
  }

  private void putItem(String name, Consumer<Item> change) {
    Item item = file();
    change.accept(item);
    put(name, zip(item));
  }
}
