package dev.modgate.testsupport;

import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// A real file system of a few hundred KiB. Needs the right to mount.
public final class TinyDisk implements AutoCloseable {
  private final Path folder;

  private TinyDisk(Path folder) {
    this.folder = folder;
  }

  /// Skips the test where nothing can be mounted, and says why.
  public static TinyDisk mount(Path folder, int kibibytes)
      throws IOException, InterruptedException {
    Files.createDirectories(folder);
    String said =
        run(List.of("mount", "-t", "tmpfs", "-o", "size=" + kibibytes + "k", "tmpfs", "" + folder));
    assumeThat(said).as("a small file system can be mounted here").isEmpty();
    return new TinyDisk(folder);
  }

  public Path folder() {
    return folder;
  }

  /// Writes until nothing more fits; deleting the file makes room.
  public Path fill() throws IOException {
    Path filler = folder.resolve("filler");
    byte[] page = new byte[4096];
    try (var out = Files.newOutputStream(filler)) {
      while (true) {
        out.write(page);
      }
    } catch (IOException e) {
      return filler;
    }
  }

  /// From now on nothing can be written there.
  public void readOnly() throws InterruptedException {
    remount("ro");
  }

  public void writable() throws InterruptedException {
    remount("rw");
  }

  private void remount(String how) throws InterruptedException {
    String said = "";
    for (int i = 0; i < 100; i++) { // busy while a file is open for writing
      said = run(List.of("mount", "-o", "remount," + how, folder.toString()));
      if (said.isEmpty()) {
        return;
      }
      Thread.sleep(50);
    }
    throw new IllegalStateException(said);
  }

  /// Empty where the command worked; else why it did not.
  private static String run(List<String> command) throws InterruptedException {
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (!process.waitFor(10, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        return command + " did not end";
      }
      return process.exitValue() == 0 ? "" : command + ": " + output;
    } catch (IOException e) {
      return e.toString();
    }
  }

  @Override
  public void close() {
    try {
      run(List.of("umount", "-l", folder.toString()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
