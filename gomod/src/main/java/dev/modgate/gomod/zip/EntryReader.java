package dev.modgate.gomod.zip;

import dev.modgate.gomod.zip.ZipFault.Kind;
import java.io.IOException;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/// Streams the contents of entries, no more of them in memory than a buffer or what [Inflate]
/// holds, and proves them against what the directory declares.
final class EntryReader implements AutoCloseable {
  private static final int OUT_BYTES = 64 << 10;

  private final ZipBytes zip;
  private final long directoryOffset;
  private final Inflate inflate;
  private final Inflater inflater = new Inflater(true);
  private final byte[] out = new byte[OUT_BYTES];
  private final CRC32 crc = new CRC32();

  EntryReader(ZipBytes zip, long directoryOffset, Inflate inflate) {
    this.zip = zip;
    this.inflate = inflate;
    this.directoryOffset = directoryOffset;
  }

  /// @return the offset behind the entry's last byte
  /// @throws BrokenZip at the first thing that is not as declared; the sink may have taken bytes
  long read(Entry entry, Inflate.Contents sink) throws IOException, BrokenZip {
    LocalHeader header = LocalHeader.read(zip, entry);
    header.check(entry);
    long end = header.dataOffset() + entry.compressed();
    if (end > directoryOffset) {
      throw new BrokenZip(
          Kind.DISAGREEMENT,
          entry.quoted()
              + " ends at offset "
              + end
              + ", inside the directory, which begins at "
              + directoryOffset);
    }
    crc.reset();
    if (entry.method() == Entry.STORED) {
      copy(entry, header.dataOffset(), sink);
    } else if (!inflateWhole(entry, header.dataOffset(), sink)) {
      inflate(entry, header.dataOffset(), sink);
    }
    if (crc.getValue() != entry.crc()) {
      throw new BrokenZip(
          Kind.CONTENT,
          String.format(
              "%s has checksum %08x but declares %08x",
              entry.quoted(), crc.getValue(), entry.crc()));
    }
    return entry.hasDescriptor() ? LocalHeader.checkDescriptor(zip, entry, end) : end;
  }

  private void copy(Entry entry, long offset, Inflate.Contents sink) throws IOException, BrokenZip {
    if (entry.compressed() != entry.size()) {
      throw new BrokenZip(
          Kind.CONTENT,
          entry.quoted()
              + " is stored in "
              + entry.compressed()
              + " bytes but declares "
              + entry.size());
    }
    long left = entry.size();
    long position = offset;
    while (left > 0) {
      int i = zip.at(position, 1);
      int n = (int) Math.min(left, zip.available(position));
      take(zip.window(), i, n, sink);
      position += n;
      left -= n;
    }
  }

  private boolean inflateWhole(Entry entry, long offset, Inflate.Contents sink) throws IOException {
    int length = (int) Math.min(entry.compressed(), Integer.MAX_VALUE);
    return inflate.whole(
        (target, index) -> zip.copy(offset, target, index, length),
        entry.compressed(),
        entry.size(),
        (buffer, from, n) -> take(buffer, from, n, sink));
  }

  private void inflate(Entry entry, long offset, Inflate.Contents sink)
      throws IOException, BrokenZip {
    inflater.reset();
    long position = offset;
    long left = entry.compressed();
    long size = 0;
    while (!inflater.finished()) {
      if (inflater.needsInput()) {
        if (left == 0) {
          throw new BrokenZip(
              Kind.CONTENT,
              entry.quoted()
                  + ": compressed data breaks off after "
                  + size
                  + " of "
                  + entry.size()
                  + " bytes");
        }
        int i = zip.at(position, 1);
        int n = (int) Math.min(left, zip.available(position));
        inflater.setInput(zip.window(), i, n);
        position += n;
        left -= n;
      }
      int n = inflateSome(entry);
      size += n;
      if (size > entry.size()) {
        break;
      }
      take(out, 0, n, sink);
    }
    checkEnd(entry, size, left + inflater.getRemaining());
  }

  private int inflateSome(Entry entry) throws BrokenZip {
    try {
      int n = inflater.inflate(out);
      if (n == 0 && !inflater.finished() && !inflater.needsInput()) {
        throw new BrokenZip(Kind.CONTENT, entry.quoted() + ": compressed data wants a dictionary");
      }
      return n;
    } catch (DataFormatException e) {
      throw new BrokenZip(
          Kind.CONTENT, entry.quoted() + ": compressed data is broken: " + e.getMessage());
    }
  }

  private static void checkEnd(Entry entry, long size, long unread) throws BrokenZip {
    if (size != entry.size()) {
      throw new BrokenZip(
          Kind.CONTENT,
          entry.quoted()
              + " has "
              + (size > entry.size() ? "more than " : "")
              + Math.min(size, entry.size())
              + " bytes but declares "
              + entry.size());
    }
    if (unread > 0) {
      throw new BrokenZip(
          Kind.CONTENT,
          entry.quoted()
              + ": "
              + unread
              + " of "
              + entry.compressed()
              + " compressed bytes come after the end of the data");
    }
  }

  private void take(byte[] buffer, int from, int length, Inflate.Contents sink) {
    crc.update(buffer, from, length);
    sink.take(buffer, from, length);
  }

  @Override
  public void close() {
    inflater.end();
  }
}
