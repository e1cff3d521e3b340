package dev.modgate.cli;

import dev.modgate.standalone.DataFolder;
import java.net.URI;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// For commands that ask a Modgate that must be running already.
final class ApiOptions {
  @Mixin Options.Data data = new Options.Data();
  @Mixin Options.Server server = new Options.Server();

  @Option(
      names = "--token-file",
      paramLabel = "FILE",
      description = "file with the bearer token that the API demands")
  @Nullable Path tokenFile;

  ApiClient client() {
    URI base =
        server
            .url()
            .or(() -> DataFolder.running(data.folder).map(run -> URI.create(run.api())))
            .orElseThrow(() ->
                CliException.notReachable(
                    "no Modgate runs in \"" + data.folder + "\"; start it with: modgate up"));
    return new ApiClient(base, Options.token(tokenFile));
  }
}
