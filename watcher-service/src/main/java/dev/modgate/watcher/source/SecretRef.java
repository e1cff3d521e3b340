package dev.modgate.watcher.source;

import dev.modgate.gomod.quote.Quoted;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// Where a secret is: `env:NAME` or `file:PATH`. The reference may be shown and stored, the secret
/// is read each time that it is needed and kept nowhere, so that a changed file counts at once.
public sealed interface SecretRef {
  int MOST_BYTES = 64 << 10;

  record Env(String variable) implements SecretRef {
    @Override
    public String toString() {
      return "env:" + variable;
    }
  }

  record File(Path path) implements SecretRef {
    @Override
    public String toString() {
      return "file:" + path;
    }
  }

  /// A secret that can't be read. Its message names the reference, never what is there.
  final class UnreadableException extends Exception {
    private static final long serialVersionUID = 1L;

    public UnreadableException(String sentence) {
      super(sentence);
    }
  }

  /// @throws IllegalArgumentException when it is no reference; the text is not repeated, it may be
  ///   the secret itself
  static SecretRef parse(String text) {
    if (text.startsWith("env:") && text.substring(4).matches("[A-Za-z_][A-Za-z0-9_]{0,199}")) {
      return new Env(text.substring(4));
    }
    if (text.startsWith("file:") && text.length() > 5 && text.indexOf('\0') < 0) {
      Path path = Path.of(text.substring(5));
      if (path.isAbsolute()) {
        return new File(path);
      }
    }
    throw new IllegalArgumentException(
        "is no reference to a secret, want env:NAME or file:/ABSOLUTE/PATH");
  }

  /// Without line ends at its end.
  ///
  /// @throws UnreadableException when it is not there, empty or too long
  default String read() throws UnreadableException {
    return read(System::getenv);
  }

  private String read(UnaryOperator<@Nullable String> environment) throws UnreadableException {
    String text =
        switch (this) {
          case Env(var variable) -> environment.apply(variable);
          case File(var path) -> content(path);
        };
    if (text == null) {
      throw new UnreadableException("secret " + Quoted.of(toString()) + " is not set");
    }
    String secret = text.replaceFirst("[\\r\\n]+$", "");
    if (secret.isEmpty()) {
      throw new UnreadableException("secret " + Quoted.of(toString()) + " is empty");
    }
    return secret;
  }

  private static String content(Path path) throws UnreadableException {
    String name = "secret " + Quoted.of("file:" + path);
    try (InputStream in = Files.newInputStream(path)) {
      byte[] bytes = in.readNBytes(MOST_BYTES + 1);
      if (bytes.length > MOST_BYTES) {
        throw new UnreadableException(name + " is longer than " + MOST_BYTES + " bytes");
      }
      return new String(bytes, StandardCharsets.UTF_8);
    } catch (NoSuchFileException e) {
      throw new UnreadableException(name + " does not exist");
    } catch (IOException e) {
      throw new UnreadableException(name + " can't be read: " + e.getClass().getSimpleName());
    }
  }
}
