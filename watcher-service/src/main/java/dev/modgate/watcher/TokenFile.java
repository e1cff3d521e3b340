package dev.modgate.watcher;

import dev.modgate.gomod.quote.Quoted;
import dev.modgate.start.StartException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/// The API's bearer token, and whether the address may do without one.
final class TokenFile {
  private static final int LEAST_CHARACTERS = 16;
  private static final int MOST_BYTES = 4096;

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

  private static String token(Path file) {
    String token;
    try {
      if (Files.size(file) > MOST_BYTES) {
        throw new StartException(
            "modgate.watcher.token-file \"" + file + "\" is larger than " + MOST_BYTES + " bytes");
      }
      token = Files.readString(file).strip();
    } catch (IOException e) {
      throw new StartException("modgate.watcher.token-file \"" + file + "\" can't be read: " + e);
    }
    if (token.length() < LEAST_CHARACTERS) {
      throw new StartException(
          "modgate.watcher.token-file \""
              + file
              + "\" has "
              + token.length()
              + " characters, at least "
              + LEAST_CHARACTERS
              + " are needed");
    }
    return token;
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
