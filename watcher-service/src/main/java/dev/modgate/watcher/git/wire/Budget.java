package dev.modgate.watcher.git.wire;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/// How much a host may still send in one reading, over all of its connections. For one thread.
final class Budget {
  private final GitSettings settings;
  private long received;
  private long most;
  private String setting = "";

  Budget(GitSettings settings) {
    this.settings = settings;
    expectRefs();
  }

  /// What comes next is a list of refs, which is kept in memory.
  void expectRefs() {
    received = 0;
    most = settings.mostOfRefs().toBytes();
    setting = "most-of-refs";
  }

  /// What comes next are objects, which go to disk. What came before in the same reading counts.
  void expectObjects(long before) {
    received = before;
    most = settings.mostReceived().toBytes();
    setting = "most-received";
  }

  long received() {
    return received;
  }

  /// Counts what is read.
  InputStream counting(InputStream in) {
    return new Counting(in);
  }

  private void count(long bytes) throws OverLimitException {
    received += Math.max(0, bytes);
    if (received > most) {
      throw new OverLimitException(
          "the host sends more than " + most + " bytes, the most by git." + setting);
    }
  }

  private final class Counting extends FilterInputStream {
    private Counting(InputStream in) {
      super(in);
    }

    @Override
    public int read() throws IOException {
      int next = super.read();
      count(next < 0 ? 0 : 1);
      return next;
    }

    @Override
    public int read(byte[] bytes, int from, int length) throws IOException {
      int read = super.read(bytes, from, length);
      count(read);
      return read;
    }
  }
}
