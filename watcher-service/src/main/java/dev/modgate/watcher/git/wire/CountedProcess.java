package dev.modgate.watcher.git.wire;

import java.io.InputStream;
import java.io.OutputStream;

/// A command on the other side, whose output counts.
final class CountedProcess extends Process {
  private final Process process;
  private final InputStream out;
  private final InputStream error;

  CountedProcess(Process process, Budget budget) {
    this.process = process;
    this.out = budget.counting(process.getInputStream());
    this.error = budget.counting(process.getErrorStream());
  }

  @Override
  public OutputStream getOutputStream() {
    return process.getOutputStream();
  }

  @Override
  public InputStream getInputStream() {
    return out;
  }

  @Override
  public InputStream getErrorStream() {
    return error;
  }

  @Override
  public int waitFor() throws InterruptedException {
    return process.waitFor();
  }

  @Override
  public int exitValue() {
    return process.exitValue();
  }

  @Override
  public void destroy() {
    process.destroy();
  }
}
