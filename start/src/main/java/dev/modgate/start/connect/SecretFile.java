package dev.modgate.start.connect;

import dev.modgate.gomod.quote.Quoted;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.Set;

/// A file whose content is nobody's business.
final class SecretFile {
  private static final int MOST_BYTES = 1 << 20;
  private static final Set<PosixFilePermission> TOO_MUCH =
      EnumSet.of(
          PosixFilePermission.GROUP_WRITE,
          PosixFilePermission.OTHERS_READ,
          PosixFilePermission.OTHERS_WRITE);

  private SecretFile() {}

  /// It can't be read, or too many may. The sentence names the file, never what is there.
  static final class UnusableException extends Exception {
    private static final long serialVersionUID = 1L;

    UnusableException(String sentence) {
      super(sentence);
    }

    String sentence() {
      return String.valueOf(getMessage());
    }
  }

  static byte[] read(Path file) throws UnusableException {
    String name = Quoted.of(file.toString());
    try {
      if (Files.getFileStore(file).supportsFileAttributeView("posix")
          && Files.getPosixFilePermissions(file).stream().anyMatch(TOO_MUCH::contains)) {
        throw new UnusableException(
            name + " may be read or written by others: chmod g-w,o-rwx " + file);
      }
      return limited(file);
    } catch (NoSuchFileException e) {
      throw new UnusableException(name + " does not exist");
    } catch (IOException e) {
      throw new UnusableException(name + " can't be read: " + e.getClass().getSimpleName());
    }
  }

  /// @throws IOException also where it is larger than any such file
  static byte[] limited(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      byte[] bytes = in.readNBytes(MOST_BYTES + 1);
      if (bytes.length > MOST_BYTES) {
        throw new IOException("more than " + MOST_BYTES + " bytes");
      }
      return bytes;
    }
  }
}
