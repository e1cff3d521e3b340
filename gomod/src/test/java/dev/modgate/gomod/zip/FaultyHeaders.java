package dev.modgate.gomod.zip;

import static dev.modgate.gomod.zip.FaultZips.M;
import static dev.modgate.gomod.zip.FaultZips.PREFIX;
import static dev.modgate.gomod.zip.FaultZips.file;
import static dev.modgate.gomod.zip.FaultZips.goMod;
import static dev.modgate.gomod.zip.FaultZips.join;
import static dev.modgate.gomod.zip.FaultZips.zip;

import dev.modgate.gomod.zip.OddZip.Item;
import java.util.Arrays;
import java.util.Map;
import java.util.function.Consumer;

/// What directory and headers say about an entry.
final class FaultyHeaders {
  private static final byte[] ZIP64_FIELD = {1, 0, 8, 0, 10, 0, 0, 0, 0, 0, 0, 0};
  private static final byte[] UNICODE_PATH_FIELD = {0x75, 0x70, 6, 0, 1, 0, 0, 0, 0, 'x'};
  private static final byte[] BROKEN_FIELD = {0x55, 0x54, 9, 0, 1};

  private final Map<String, byte[]> zips;

  private FaultyHeaders(Map<String, byte[]> zips) {
    this.zips = zips;
  }

  static void add(Map<String, byte[]> zips) {
    var headers = new FaultyHeaders(zips);
    headers.addDisagreements();
    headers.addDescriptors();
    headers.addFeatures();
    headers.addTypes();
    headers.addPlaces();
  }

  private void put(String name, Consumer<Item> change) {
    Item item = file();
    change.accept(item);
    zips.put("bad/" + name, zip(item));
  }

  private void addDisagreements() {
    put("header-with-another-name", item -> item.localName = PREFIX + "n.go");
    put("header-with-another-method", item -> item.localMethod = 8);
    put("header-with-another-size", item -> item.localSize = 11);
    put("header-with-another-compressed-size", item -> item.localCompressed = 11);
    put("header-with-another-checksum", item -> item.localCrc = 1);
    put("header-that-says-encrypted", item -> item.flagsThatDiffer = 1);
    put("header-that-says-utf8", item -> item.flagsThatDiffer = Entry.FLAG_UTF8);
    put("header-that-says-descriptor", item -> item.flagsThatDiffer = Entry.FLAG_DESCRIPTOR);
    put("header-with-other-flags", item -> item.flagsThatDiffer = 2);
  }

  private void addDescriptors() {
    put("descriptor-with-another-checksum", item -> item.describeBehind(1, 10, 10));
    put("descriptor-with-another-size", item -> item.describeBehind(item.crc, 10, 11));
    put("descriptor-with-another-compressed-size", item -> item.describeBehind(item.crc, 11, 10));
    put(
        "descriptor-missing",
        item -> {
          item.describeBehind(item.crc, 10, 10);
          item.behind = new byte[0];
        });
    put(
        "descriptor-cut-off",
        item -> {
          item.describeBehind(item.crc, 10, 10);
          item.behind = Arrays.copyOf(item.behind, 15);
        });
    put(
        "descriptor-beside-another-size-before",
        item -> {
          item.describeBehind(item.crc, 10, 10);
          item.localSize = 11;
        });
    put(
        "descriptor-of-64-bits",
        item -> {
          item.describeBehind(item.crc, 10, 10);
          item.behind = new Little().u32(0x08074b50).u32(item.crc).u64(10).u64(10).toBytes();
        });
  }

  private void addFeatures() {
    put("encrypted", item -> item.flags = 1);
    put("encrypted-strongly", item -> item.flags = 1 << 6);
    put("headers-masked", item -> item.flags = 1 << 13);
    put("patch-data", item -> item.flags = 1 << 5);
    put("method-of-another-kind", item -> setMethod(item, 12));
    put("method-deflate64", item -> setMethod(item, 9));
    put("zip64-field-in-the-directory", item -> item.extra = ZIP64_FIELD);
    put("zip64-field-in-the-header", item -> item.localExtra = ZIP64_FIELD);
    put(
        "zip64-size",
        item -> {
          item.extra = ZIP64_FIELD;
          item.size = 0xffff_ffffL;
        });
    put("zip64-place-missing", item -> item.offset = 0xffff_ffffL);
    put("second-name-in-the-directory", item -> item.extra = UNICODE_PATH_FIELD);
    put("second-name-in-the-header", item -> item.localExtra = UNICODE_PATH_FIELD);
    put("extra-field-broken-in-the-directory", item -> item.extra = BROKEN_FIELD);
    put("extra-field-broken-in-the-header", item -> item.localExtra = BROKEN_FIELD);
  }

  private static void setMethod(Item item, int method) {
    item.method = method;
    item.localMethod = method;
  }

  private void addTypes() {
    putType("symbolic-link", 0120777);
    putType("block-device", 060644);
    putType("character-device", 020644);
    putType("named-pipe", 010644);
    putType("socket", 0140644);
    putType("directory-without-a-slash", 040755);
    put(
        "symbolic-link-of-no-known-system",
        item -> {
          item.attributes = 0120777L << 16;
          item.creator = 7;
        });
    put(
        "directory-of-dos-without-a-slash",
        item -> {
          item.attributes = 0x10;
          item.creator = 0;
        });
    Item directory = OddZip.stored(PREFIX + "a/", "contents");
    directory.attributes = 040755L << 16;
    zips.put("bad/directory-with-contents", zip(directory));
    Item fileLike = OddZip.stored(PREFIX + "a/", "");
    zips.put("bad/directory-that-says-it-is-a-file", zip(fileLike));
  }

  private void putType(String name, int mode) {
    put(name, item -> item.attributes = (long) mode << 16);
  }

  private void addPlaces() {
    put("no-header-at-the-place", item -> item.offset = 1);
    put("place-beyond-the-end", item -> item.offset = 100_000);
    put("data-into-the-directory", item -> item.declareCompressed(11));
    Item inner = OddZip.stored(PREFIX + "n.go", "package n\n");
    byte[] innerEntry = new OddZip().add(inner).entries();
    Item outer = OddZip.stored(M, innerEntry);
    var nested = new OddZip().add(goMod()).add(outer);
    inner.offset = outer.offset + 30 + M.length();
    zips.put("bad/entry-within-an-entry", withSecondHeader(nested, inner));
    Item one = file();
    var twice = new OddZip().add(goMod()).add(one);
    Item other = file();
    other.name = PREFIX + "n.go";
    other.offset = one.offset;
    zips.put("bad/two-entries-with-the-same-bytes", withSecondHeader(twice, other));
  }

  /// The directory has one more entry than there are.
  private static byte[] withSecondHeader(OddZip zip, Item item) {
    byte[] entries = zip.entries();
    byte[] directory = join(zip.directory(), new OddZip().add(item).directory());
    return join(entries, directory, OddZip.end(3, directory.length, entries.length, new byte[0]));
  }
}
