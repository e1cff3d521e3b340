package dev.modgate.gomod.zip;

import static dev.modgate.gomod.zip.FaultZips.PREFIX;
import static dev.modgate.gomod.zip.FaultZips.ascii;
import static dev.modgate.gomod.zip.FaultZips.file;
import static dev.modgate.gomod.zip.FaultZips.goMod;
import static dev.modgate.gomod.zip.FaultZips.join;
import static dev.modgate.gomod.zip.FaultZips.zip;

import dev.modgate.gomod.zip.OddZip.Item;
import java.util.Arrays;
import java.util.Map;

/// Where the directory is, and what lies around the entries.
final class FaultyEnds {
  private static final byte[] HIDDEN = ascii("hidden");
  private static final byte[] NONE = {};

  private final Map<String, byte[]> zips;
  private final OddZip zip = new OddZip().add(goMod()).add(file());
  private final byte[] entries = zip.entries();
  private final byte[] directory = zip.directory();
  private final int size = directory.length;
  private final int offset = entries.length;

  private FaultyEnds(Map<String, byte[]> zips) {
    this.zips = zips;
  }

  static void add(Map<String, byte[]> zips) {
    var ends = new FaultyEnds(zips);
    ends.addHidden();
    ends.addEnds();
    ends.addZip64();
  }

  private void put(String name, byte[]... parts) {
    zips.put("bad/" + name, join(parts));
  }

  /// With the end record that belongs to the entries and the directory.
  private void putEnd(String name, byte[] end) {
    put(name, entries, directory, end);
  }

  private void addHidden() {
    put("data-before-the-first-entry", new OddZip().raw(HIDDEN).add(goMod()).bytes());
    put("data-between-entries", new OddZip().add(goMod()).raw(HIDDEN).add(file()).bytes());
    put("data-behind-the-last-entry", new OddZip().add(goMod()).raw(HIDDEN).bytes());
    put(
        "data-before-the-end-record",
        entries,
        directory,
        HIDDEN,
        OddZip.end(2, size, offset, NONE));
    put("data-behind-the-end-record", zip(file()), HIDDEN);
    put("data-before-the-zip", HIDDEN, zip(file()));
    byte[] goModAlone = new OddZip().add(goMod()).directory();
    byte[] goModAloneEnd = OddZip.end(1, goModAlone.length, offset, NONE);
    put("entry-that-the-directory-leaves-out", entries, goModAlone, goModAloneEnd);
    put("zip-in-the-comment", zipInComment());
  }

  /// Two directories and two end records: whoever looks from the end finds the second one.
  private byte[] zipInComment() {
    var other = new OddZip().add(goMod());
    byte[] otherDirectory = other.directory();
    int place = offset + size + 22;
    byte[] otherEnd = OddZip.end(1, otherDirectory.length, place, NONE);
    return join(entries, directory, OddZip.end(2, size, offset, join(otherDirectory, otherEnd)));
  }

  private void addEnds() {
    put("nothing", NONE);
    put("html-page", ascii("<html>not found</html>"));
    put("breaks-off", Arrays.copyOf(zip(file()), zip(file()).length - 1));
    putEnd("comment-longer-than-the-file", Arrays.copyOf(OddZip.end(2, size, offset, HIDDEN), 24));
    putEnd("count-too-high", OddZip.end(3, size, offset, NONE));
    putEnd("count-too-low", OddZip.end(1, size, offset, NONE));
    putEnd("directory-elsewhere", OddZip.end(2, size, offset + 1, NONE));
    putEnd("directory-too-small", OddZip.end(2, size - 1, offset, NONE));
    byte[] broken = directory.clone();
    broken[0] = 'X';
    put("directory-header-broken", entries, broken, OddZip.end(2, size, offset, NONE));
    byte[] parts = OddZip.end(2, size, offset, NONE);
    parts[4] = 1;
    putEnd("several-parts", parts);
    Item elsewhere = file();
    elsewhere.part = 1;
    put("entry-in-another-part", zip(elsewhere));
  }

  private void addZip64() {
    int end = offset + size;
    byte[] end64 = OddZip.end64(2, size, offset, end, 1);
    put(
        "zip64-end-record-that-nothing-asks-for",
        entries,
        directory,
        end64,
        OddZip.end(2, size, offset, NONE));
    put(
        "zip64-end-record-with-another-size",
        entries,
        directory,
        end64,
        OddZip.end(0xffff, size - 1, offset, NONE));
    put(
        "zip64-end-record-that-only-the-size-asks-for",
        entries,
        directory,
        end64,
        OddZip.end(2, 0xffff_ffffL, offset, NONE));
    byte[] full = OddZip.end(0xffff, 0xffff_ffffL, 0xffff_ffffL, NONE);
    put(
        "zip64-end-record-elsewhere",
        entries,
        directory,
        OddZip.end64(2, size, offset, end - 1, 1),
        full);
    put(
        "zip64-end-record-of-several-parts",
        entries,
        directory,
        OddZip.end64(2, size, offset, end, 2),
        full);
    put("zip64-end-record-missing", entries, directory, full);
    put(
        "zip64-end-record-beyond-63-bits",
        entries,
        directory,
        OddZip.end64(2, size, -1, end, 1),
        full);
    put("zip64-end-record-in-the-directory", zip64InDirectory());
  }

  /// A directory of 65,535 bytes, which makes Go look for a ZIP64 end record: it finds one in the
  /// comment of the last entry, and there another directory.
  private static byte[] zip64InDirectory() {
    Item item = goMod();
    byte[] entries = new OddZip().add(item).entries();
    Item other = goMod();
    other.name = PREFIX + "other.go";
    other.offset = 0;
    byte[] otherDirectory = new OddZip().add(other).directory();
    int length = 0xffff - 46 - item.name.length();
    int end = entries.length + 0xffff;
    int place = end - 76;
    byte[] end64 = OddZip.end64(1, otherDirectory.length, place - otherDirectory.length, place, 1);
    int filler = length - otherDirectory.length - end64.length;
    item.comment = join(new byte[filler], otherDirectory, end64);
    item.offset = -1;
    var zip = new OddZip().add(item);
    return join(zip.entries(), zip.directory(), OddZip.end(1, 0xffff, entries.length, NONE));
  }
}
