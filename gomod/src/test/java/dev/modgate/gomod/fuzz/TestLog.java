package dev.modgate.gomod.fuzz;

import dev.modgate.gomod.note.SignedNote;
import dev.modgate.gomod.note.SigningKey;
import dev.modgate.gomod.note.VerifierKey;
import dev.modgate.gomod.tlog.MemoryLog;
import dev.modgate.gomod.tlog.TlogHash;
import dev.modgate.gomod.tlog.TreeHead;
import java.nio.charset.StandardCharsets;

/// A log of which one head is signed.
final class TestLog {
  static final int TILE_HEIGHT = 2;
  static final long RECORD = 7;

  /// golang.org/x/mod's, published with its tests.
  private static final SigningKey SIGNER =
      SigningKey.parse(
          "PRIVATE+KEY+PeterNeumann+c74f20a3+AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz");

  static final VerifierKey KEY = SIGNER.verifierKey();
  static final MemoryLog LOG = log();
  static final TreeHead HEAD = LOG.head(LOG.size());
  static final TreeHead OLDER_HEAD = LOG.head(21);

  private TestLog() {}

  private static MemoryLog log() {
    var log = new MemoryLog();
    for (int i = 0; i < 43; i++) {
      log.append(bytes(record(i)));
    }
    return log;
  }

  static String record(long number) {
    String module = "example.com/m v1.0." + number;
    return module
        + " h1:kuoIxZQy2WRRk1pttg9asf+WVv6tWQuBNVmK8+nqPr0=\n"
        + module
        + "/go.mod h1:ukJfTF/6rtPPRCnwkur4qwRxa8vTRFBF0uk2lLoLwho=\n";
  }

  static TlogHash leaf() {
    return TlogHash.leaf(bytes(record(RECORD)));
  }

  static String note() {
    return SignedNote.unsigned(HEAD.text()).signedBy(SIGNER).toString();
  }

  static String reply() {
    return RECORD + "\n" + record(RECORD) + "\n" + note();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
