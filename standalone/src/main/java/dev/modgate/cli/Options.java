package dev.modgate.cli;

import dev.modgate.gomod.quote.Quoted;
import dev.modgate.gomod.sumdb.GoSumDb;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/// Options that several commands share.
final class Options {
  private static final int MOST_TOKEN_BYTES = 4096;

  /// Where Modgate's data lies on this machine.
  static final class Data {
    @Option(
        names = "--data",
        paramLabel = "DIR",
        defaultValue = "${env:MODGATE_DATA:-data}",
        description =
            "data folder of the Modgate on this machine (default: ./data, or MODGATE_DATA)")
    Path folder = Path.of("data");

    /// The command that stops the Modgate of this folder, as typed where this one was.
    String down() {
      return "modgate down" + option();
    }

    /// The command that shows how the Modgate of this folder is doing.
    String status() {
      return "modgate status" + option();
    }

    private String option() {
      return folder.equals(Path.of("data")) ? "" : " --data " + folder;
    }
  }

  /// How a Modgate on this machine is started.
  static final class Start {
    @Option(
        names = "--port",
        paramLabel = "PORT",
        defaultValue = "8080",
        converter = Port.class,
        description = "port of console and API, on loopback (default: ${DEFAULT-VALUE})")
    int port;

    @Option(
        names = "--gateway-port",
        paramLabel = "PORT",
        defaultValue = "8081",
        converter = Port.class,
        description = "port of the gateway, for GOPROXY (default: ${DEFAULT-VALUE})")
    int gatewayPort;

    @Option(
        names = "--kafka-port",
        paramLabel = "PORT",
        defaultValue = "0",
        converter = Port.class,
        description = "port of the Kafka broker inside (default: any free one)")
    int kafkaPort;

    @Option(
        names = "--upstream",
        paramLabel = "LIST",
        description =
            "where modules come from, in GOPROXY syntax (default: GOPROXY, else what go env GOPROXY"
                + " says, else the public mirror)")
    @Nullable String upstream;

    @Option(
        names = "--sumdb",
        paramLabel = "DATABASE",
        converter = SumDb.class,
        description =
            "checksum database that proves what goes inside, in GOSUMDB syntax; off: none, then"
                + " go.sum lines alone decide (default: MODGATE_SUMDB_DATABASE, else"
                + " sum.golang.org)")
    @Nullable String sumdb;

    @Option(
        names = "--token-file",
        paramLabel = "FILE",
        description =
            "file with the bearer token that the API demands (default: none, on loopback)")
    @Nullable Path tokenFile;
  }

  /// A Modgate elsewhere.
  static final class Server {
    @Option(
        names = "--server",
        paramLabel = "URL",
        defaultValue = "${env:MODGATE_SERVER}",
        description = "address of a Modgate elsewhere (default: the one of the data folder)")
    @Nullable String address;

    /// Empty for the one of the data folder.
    ///
    /// @throws CliException when it is no address, without repeating a password in it
    Optional<URI> url() {
      if (address == null || address.isBlank()) {
        return Optional.empty();
      }
      if (address.contains("@")) {
        throw CliException.usage(
            "the address of --server (or MODGATE_SERVER) holds a user name or a password; Modgate"
                + " asks for a token: name its file with --token-file");
      }
      try {
        URI url = new URI(address.strip());
        boolean web = "http".equals(url.getScheme()) || "https".equals(url.getScheme());
        boolean bare = url.getRawQuery() == null && url.getRawFragment() == null;
        String path = String.valueOf(url.getRawPath());
        if (web && bare && url.getHost() != null && (path.isEmpty() || path.equals("/"))) {
          return Optional.of(url);
        }
      } catch (URISyntaxException e) {
        // said below
      }
      throw CliException.usage(
          "--server (or MODGATE_SERVER) "
              + Quoted.of(address)
              + " is no address of a Modgate, want http://HOST:PORT");
    }
  }

  /// A value of GOSUMDB, as it was given.
  static final class SumDb implements ITypeConverter<String> {
    @Override
    public String convert(String text) {
      try {
        var _ = GoSumDb.parse(text);
        return text;
      } catch (IllegalArgumentException e) {
        throw new TypeConversionException(String.valueOf(e.getMessage()));
      }
    }
  }

  /// A TCP port, or 0 for any free one.
  static final class Port implements ITypeConverter<Integer> {
    @Override
    public Integer convert(String text) {
      if (!text.matches("[0-9]{1,5}") || Integer.parseInt(text) > 65_535) {
        throw new TypeConversionException(Quoted.of(text) + " is no port, want 0 to 65535");
      }
      return Integer.parseInt(text);
    }
  }

  /// Output for scripts.
  static final class Json {
    @Option(names = "--json", description = "print JSON")
    boolean on;
  }

  private Options() {}

  /// @throws CliException when the file holds nothing that a header can carry, without repeating it
  static Optional<String> token(@Nullable Path file) {
    if (file == null) {
      return Optional.empty();
    }
    String name = "token file " + Quoted.of(file.toString());
    byte[] bytes;
    try (InputStream in = Files.newInputStream(file)) {
      bytes = in.readNBytes(MOST_TOKEN_BYTES + 1);
    } catch (IOException e) {
      throw CliException.usage(name + " can't be read: " + e);
    }
    String token = new String(bytes, StandardCharsets.UTF_8).strip();
    if (token.isEmpty()) {
      throw CliException.usage(name + " is empty");
    }
    if (bytes.length > MOST_TOKEN_BYTES || !token.chars().allMatch(c -> c > ' ' && c < 0x7f)) {
      throw CliException.usage(
          name
              + " holds more than one word of printable ASCII, of "
              + MOST_TOKEN_BYTES
              + " bytes at most: no token that an HTTP header can carry");
    }
    return Optional.of(token);
  }
}
