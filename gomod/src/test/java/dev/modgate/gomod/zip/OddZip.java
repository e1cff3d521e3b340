package dev.modgate.gomod.zip;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/// Writes a zip byte by byte, so that each field can lie. What the fields of an [Item] say is
/// written, whether or not it is true.
final class OddZip {
  private static final int CAPACITY = 1 << 20;

  private final ByteBuffer out = ByteBuffer.allocate(CAPACITY).order(ByteOrder.LITTLE_ENDIAN);
  private final List<Item> items = new ArrayList<>();

  /// One entry; public fields of a test, to be changed before it is added.
  static final class Item {
    String name;
    String localName;
    byte[] data;
    int method;
    int localMethod;
    int flags;
    int creator = 3;
    long attributes = 0100644L << 16;
    long crc;
    long localCrc;
    long compressed;
    long size;
    long localSize;
    long offset = -1;

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
      this.size = content.length;
      this.localSize = size;
    }

    /// Both headers say this size, whatever the contents are.
    void declare(long bytes) {
      size = bytes;
      localSize = bytes;
    }
  }

  static Item stored(String name, String content) {
    byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
    return new Item(name, bytes, Entry.STORED, bytes);
  }

  static Item deflated(String name, byte[] content) {
    var deflater = new Deflater(Deflater.BEST_COMPRESSION, true);
    deflater.setInput(content);
    deflater.finish();
    byte[] buffer = new byte[content.length + 100];
    int length = deflater.deflate(buffer);
    deflater.end();
    return new Item(name, java.util.Arrays.copyOf(buffer, length), Entry.DEFLATED, content);
  }

  OddZip add(Item item) {
    byte[] name = item.localName.getBytes(StandardCharsets.UTF_8);
    if (item.offset < 0) {
      item.offset = out.position();
    }
    out.putInt(0x04034b50).putShort((short) 20).putShort((short) item.flags);
    out.putShort((short) item.localMethod).putInt(0).putInt((int) item.localCrc);
    out.putInt((int) item.compressed).putInt((int) item.localSize);
    out.putShort((short) name.length).putShort((short) 0).put(name).put(item.data);
    items.add(item);
    return this;
  }

  byte[] bytes() {
    int directory = out.position();
    items.forEach(this::putDirectoryHeader);
    int end = out.position();
    out.putInt(0x06054b50).putInt(0);
    out.putShort((short) items.size()).putShort((short) items.size());
    out.putInt(end - directory).putInt(directory).putShort((short) 0);
    return java.util.Arrays.copyOf(out.array(), out.position());
  }

  private void putDirectoryHeader(Item item) {
    byte[] name = item.name.getBytes(StandardCharsets.UTF_8);
    out.putInt(0x02014b50).putShort((short) (item.creator << 8)).putShort((short) 20);
    out.putShort((short) item.flags).putShort((short) item.method).putInt(0);
    out.putInt((int) item.crc).putInt((int) item.compressed).putInt((int) item.size);
    out.putShort((short) name.length).putLong(0);
    out.putInt((int) item.attributes).putInt((int) item.offset).put(name);
  }
}
