package dev.modgate.watcher;

import dev.modgate.gomod.quote.Quoted;
import dev.modgate.start.StartException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/// The API's bearer token, and whether the address may do without one.
final class TokenFile {
  private static final int LEAST_CHARACTERS = 16;
  private static final int MOST_BYTES = 4096;
  private static final Set<PosixFilePermission> OF_THE_OWNER =
      EnumSet.of(
          PosixFilePermission.OWNER_READ,
          PosixFilePermission.OWNER_WRITE,
          PosixFilePermission.OWNER_EXECUTE);

  private TokenFile() {}

  /// @throws StartException when the file can't be used, or the address is open to others without
  ///   one
  static Optional<String> read(WatcherSettings settings) {
    Optional<Path> file = settings.tokenFileIfAny();
    if (file.isEmpty() && !isLoopback(settings.address())) {
      throw new StartException(
          "modgate.watcher.address "
              + Quoted.of(settings.address())
              + " is open to other machines, which needs modgate.watcher.token-file");
    }
    return file.map(TokenFile::token);
  }

  static String token(Path file) {
    String name = "token file " + Quoted.of(file.toString());
    try {
      refuseOpenToOthers(file, name);
      long size = Files.size(file);
      if (size > MOST_BYTES) {
        throw new StartException(name + " has " + size + " bytes, want at most " + MOST_BYTES);
      }
      String token = Files.readString(file).strip();
      refuseWeak(token, name);
      return token;
    } catch (NoSuchFileException e) {
      throw new StartException(name + " does not exist");
    } catch (IOException e) {
      throw new StartException(name + " can't be read: " + e.getMessage());
    }
  }

  /// Only where the file system knows permissions of this kind.
  private static void refuseOpenToOthers(Path file, String name) throws IOException {
    var view = Files.getFileAttributeView(file, PosixFileAttributeView.class);
    if (view == null) {
      return;
    }
    Set<PosixFilePermission> permissions = view.readAttributes().permissions();
    if (!OF_THE_OWNER.containsAll(permissions)) {
      throw new StartException(
          name
              + " has permissions "
              + PosixFilePermissions.toString(permissions)
              + ", want rw------- or less: nobody but its owner may use it");
    }
  }

  private static void refuseWeak(String token, String name) {
    if (token.isEmpty()) {
      throw new StartException(
          name + " is empty, want a token of at least " + LEAST_CHARACTERS + " characters");
    }
    if (token.length() < LEAST_CHARACTERS) {
      throw new StartException(
          name
              + " holds a token of "
              + token.length()
              + " characters, want at least "
              + LEAST_CHARACTERS);
    }
    if (!token.chars().allMatch(c -> c > ' ' && c < 0x7f)) {
      throw new StartException(
          name
              + " holds more than one word, or more than printable ASCII; want one token that an"
              + " HTTP header can carry");
    }
  }

  private static boolean isLoopback(String address) {
    try {
      return InetAddress.getByName(address).isLoopbackAddress();
    } catch (UnknownHostException e) {
      throw new StartException(
          "modgate.watcher.address is "
              + Quoted.of(address)
              + ", which is no address of this machine");
    }
  }
}
