package dev.modgate.cli;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// Options that several commands share.
final class Options {

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
      return folder.equals(Path.of("data")) ? "modgate down" : "modgate down --data " + folder;
    }
  }

  /// How a Modgate on this machine is started.
  static final class Start {
    @Option(
        names = "--port",
        paramLabel = "PORT",
        defaultValue = "8080",
        description = "port of console and API, on loopback (default: ${DEFAULT-VALUE})")
    int port;

    @Option(
        names = "--gateway-port",
        paramLabel = "PORT",
        defaultValue = "8081",
        description = "port of the gateway, for GOPROXY (default: ${DEFAULT-VALUE})")
    int gatewayPort;

    @Option(
        names = "--kafka-port",
        paramLabel = "PORT",
        defaultValue = "0",
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
    @Nullable URI url;
  }

  /// Output for scripts.
  static final class Json {
    @Option(names = "--json", description = "print JSON")
    boolean on;
  }

  private Options() {}

  static Optional<String> token(@Nullable Path file) {
    if (file == null) {
      return Optional.empty();
    }
    try {
      String token = Files.readString(file).strip();
      if (token.isEmpty()) {
        throw CliException.usage("token file \"" + file + "\" is empty");
      }
      return Optional.of(token);
    } catch (IOException e) {
      throw CliException.usage("token file \"" + file + "\" can't be read: " + e);
    }
  }
}
