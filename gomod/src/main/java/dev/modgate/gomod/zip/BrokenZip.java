package dev.modgate.gomod.zip;

import dev.modgate.gomod.zip.ZipFault.Kind;

/// Stops the reading of an entry, or of the whole zip, at its first unreadable place.
final class BrokenZip extends Exception {
  private static final long serialVersionUID = 1L;

  private final ZipFault fault;

  BrokenZip(Kind kind, String sentence) {
    super(sentence, null, false, false);
    this.fault = new ZipFault(kind, sentence);
  }

  ZipFault fault() {
    return fault;
  }
}
