package dev.modgate.start.key;

import static java.util.Objects.requireNonNull;

import dev.modgate.gomod.note.SigningKey;
import dev.modgate.gomod.quote.Quoted;
import dev.modgate.start.StartException;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/// A file with a signing key, and `<file>.pub` with the public keys that go with it. No sentence
/// repeats what is in the secret one.
public record SigningKeyFile(Path path) {
  /// What a key is called where nobody says otherwise.
  public static final String DEFAULT_NAME = "modgate-verifier";

  private static final int MOST_BYTES = 4096;
  private static final Set<PosixFilePermission> OF_THE_OWNER =
      EnumSet.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);

  /// The public keys, one a line, the newest last: what a publisher pins.
  public Path publicKeys() {
    return path.resolveSibling(path.getFileName() + ".pub");
  }

  /// @throws StartException when there is no key to be used, or others than its owner may read it
  public SigningKey read() {
    try {
      refuseOpenToOthers();
      if (Files.size(path) > MOST_BYTES) {
        throw new StartException(name() + " is longer than " + MOST_BYTES + " bytes");
      }
      return SigningKey.parse(Files.readString(path).strip());
    } catch (NoSuchFileException e) {
      throw new StartException(
          name()
              + " does not exist; where it was lost, restore it from a backup, or make another one"
              + " with: modgate verifier-key "
              + path);
    } catch (IOException e) {
      throw new StartException(name() + " can't be read: " + e);
    } catch (IllegalArgumentException e) {
      throw new StartException(name() + " can't be used: " + e.getMessage());
    }
  }

  /// The key that is there; where neither it nor public keys are, a new one. One in the place of a
  /// lost one would be believed by nobody who knew the first.
  ///
  /// @param keyName of a new key
  /// @throws StartException when there is no key to be used, or the pair is not whole
  public SigningKey readOrCreate(String keyName) {
    return present().isEmpty() ? create(keyName) : read();
  }

  /// Makes a new key. Its public key is added to those that are there already, so that what an
  /// earlier key has signed is still believed.
  ///
  /// @param keyName such as [#DEFAULT_NAME]
  /// @throws StartException when the file is there already, or can't be written
  public SigningKey create(String keyName) {
    SigningKey key;
    try {
      key = SigningKey.generate(keyName, new SecureRandom());
    } catch (IllegalArgumentException e) {
      throw new StartException(String.valueOf(e.getMessage()));
    }
    try {
      Path folder = requireNonNull(path.toAbsolutePath().getParent(), "a file lies in a folder");
      Files.createDirectories(folder);
      place(key, folder);
      return key;
    } catch (FileAlreadyExistsException e) {
      throw new StartException(
          name() + " is there already: it stays; for another key name another file");
    } catch (IOException e) {
      throw new StartException(name() + " can't be written: " + e);
    }
  }

  /// Each file appears whole or not at all, the secret one first: with it alone, a start names the
  /// line of the public one.
  private void place(SigningKey key, Path folder) throws IOException {
    Path secret = temporary(folder, key.secretText() + "\n");
    try {
      Files.createLink(path, secret);
    } finally {
      Files.delete(secret);
    }
    String earlier = Files.exists(publicKeys()) ? Files.readString(publicKeys()).strip() : "";
    Path keys = temporary(folder, (earlier + "\n" + key.verifierKey() + "\n").stripLeading());
    if (isPosix(folder)) {
      Files.setPosixFilePermissions(keys, PosixFilePermissions.fromString("rw-r--r--"));
    }
    Files.move(keys, publicKeys(), StandardCopyOption.ATOMIC_MOVE);
    sync(folder);
  }

  /// On the disk, for its owner only.
  private Path temporary(Path folder, String text) throws IOException {
    FileAttribute<?>[] attributes =
        isPosix(folder)
            ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(OF_THE_OWNER)}
            : new FileAttribute<?>[0];
    Path file = Files.createTempFile(folder, path.getFileName() + ".", ".new", attributes);
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE);
        var out = Channels.newOutputStream(channel)) {
      out.write(text.getBytes(StandardCharsets.UTF_8));
      channel.force(true);
    }
    return file;
  }

  private static boolean isPosix(Path folder) throws IOException {
    return Files.getFileStore(folder).supportsFileAttributeView(PosixFileAttributeView.class);
  }

  private static void sync(Path folder) throws IOException {
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    } catch (AccessDeniedException e) {
      // Windows opens no folders, and needs no such write
    }
  }

  /// Only where the file system knows permissions of this kind.
  private void refuseOpenToOthers() throws IOException {
    var view = Files.getFileAttributeView(path, PosixFileAttributeView.class);
    if (view == null) {
      return;
    }
    Set<PosixFilePermission> permissions = view.readAttributes().permissions();
    if (!OF_THE_OWNER.containsAll(permissions)) {
      throw new StartException(
          name()
              + " has permissions "
              + PosixFilePermissions.toString(permissions)
              + ", want rw------- or less (chmod 600): nobody but its owner may sign");
    }
  }

  private String name() {
    return "signing key " + Quoted.of(path.toString());
  }

  /// The files of this pair that are there.
  public List<Path> present() {
    return Stream.of(path, publicKeys()).filter(Files::exists).toList();
  }
}
