package dev.modgate.gomod.zip;

import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/// Writes a zip byte by byte, so that each field can lie. What the fields of an [Item] say is
/// written, whether or not it is true.
final class OddZip {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final List<Item> items = new ArrayList<>();

  /// One entry; public fields of a test, to be changed before it is added.
  static final class Item {
    String name;
    String localName;
    Charset charset = StandardCharsets.UTF_8;
    byte[] data;
    int method;
    int localMethod;
    int flags;
    int flagsThatDiffer;
    int creator = 3;
    int part;
    long attributes = 0100644L << 16;
    long crc;
    long localCrc;
    long compressed;
    long localCompressed;
    long size;
    long localSize;
    long offset = -1;
    byte[] extra = {};
    byte[] localExtra = {};
    byte[] behind = {};
    byte[] comment = {};

    private Item(String name, byte[] data, int method, byte[] content) {
      this.name = name;
      this.localName = name;
      this.data = data;
      this.method = method;
      this.localMethod = method;
      var crc32 = new CRC32();
      crc32.update(content);
      this.crc = crc32.getValue();
      this.localCrc = crc;
      this.compressed = data.length;
      this.localCompressed = compressed;
      this.size = content.length;
      this.localSize = size;
    }

    /// Both headers say this size, whatever the contents are.
    void declare(long bytes) {
      size = bytes;
      localSize = bytes;
    }

    /// Both headers say that so many bytes of data follow.
    void declareCompressed(long bytes) {
      compressed = bytes;
      localCompressed = bytes;
    }

    /// As a writer does that streams: zeros in the header before the data, the values behind it.
    void describeBehind(long crc, long compressed, long size) {
      flags |= Entry.FLAG_DESCRIPTOR;
      localCrc = 0;
      localCompressed = 0;
      localSize = 0;
      behind = new Little().u32(0x08074b50).u32(crc).u32(compressed).u32(size).toBytes();
    }
  }

  static Item stored(String name, String content) {
    return stored(name, content.getBytes(StandardCharsets.UTF_8));
  }

  static Item stored(String name, byte[] content) {
    return new Item(name, content, Entry.STORED, content);
  }

  static Item deflated(String name, byte[] content) {
    var deflater = new Deflater(Deflater.BEST_COMPRESSION, true);
    deflater.setInput(content);
    deflater.finish();
    byte[] buffer = new byte[content.length + 100];
    int length = deflater.deflate(buffer);
    deflater.end();
    return new Item(name, Arrays.copyOf(buffer, length), Entry.DEFLATED, content);
  }

  /// Data that may be no stream at all.
  static Item deflatedAs(String name, byte[] data, byte[] content) {
    return new Item(name, data, Entry.DEFLATED, content);
  }

  OddZip add(Item item) {
    byte[] name = item.localName.getBytes(item.charset);
    if (item.offset < 0) {
      item.offset = out.size();
    }
    var header = new Little().u32(0x04034b50).u16(20).u16(item.flags ^ item.flagsThatDiffer);
    header.u16(item.localMethod).u32(0).u32(item.localCrc);
    header.u32(item.localCompressed).u32(item.localSize);
    header.u16(name.length).u16(item.localExtra.length).bytes(name, item.localExtra);
    out.writeBytes(header.toBytes());
    out.writeBytes(item.data);
    out.writeBytes(item.behind);
    items.add(item);
    return this;
  }

  /// Bytes of no entry.
  OddZip raw(byte[] bytes) {
    out.writeBytes(bytes);
    return this;
  }

  byte[] bytes() {
    byte[] directory = directory();
    int offset = out.size();
    out.writeBytes(directory);
    out.writeBytes(end(items.size(), directory.length, offset, new byte[0]));
    return out.toByteArray();
  }

  /// What was added so far, without a directory.
  byte[] entries() {
    return out.toByteArray();
  }

  byte[] directory() {
    var directory = new ByteArrayOutputStream();
    items.forEach(item -> directory.writeBytes(directoryHeader(item)));
    return directory.toByteArray();
  }

  private static byte[] directoryHeader(Item item) {
    byte[] name = item.name.getBytes(item.charset);
    var header = new Little().u32(0x02014b50).u16(item.creator << 8).u16(20);
    header.u16(item.flags).u16(item.method).u32(0);
    header.u32(item.crc).u32(item.compressed).u32(item.size);
    header.u16(name.length).u16(item.extra.length).u16(item.comment.length);
    header.u16(item.part).u16(0).u32(item.attributes).u32(item.offset);
    return header.bytes(name, item.extra, item.comment).toBytes();
  }

  static byte[] end(int entries, long size, long offset, byte[] comment) {
    var end = new Little().u32(0x06054b50).u32(0).u16(entries).u16(entries);
    return end.u32(size).u32(offset).u16(comment.length).bytes(comment).toBytes();
  }

  /// A ZIP64 end record, and the locator that points to it.
  static byte[] end64(long entries, long size, long offset, long place, int parts) {
    var end = new Little().u32(0x06064b50).u64(44).u16(45).u16(45).u64(0);
    end.u64(entries).u64(entries).u64(size).u64(offset);
    return end.u32(0x07064b50).u32(0).u64(place).u32(parts).toBytes();
  }
}
