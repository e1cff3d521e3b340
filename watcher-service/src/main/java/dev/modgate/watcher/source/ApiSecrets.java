package dev.modgate.watcher.source;

import dev.modgate.gomod.quote.Quoted;
import dev.modgate.watcher.source.SourceException.Problem;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Which secrets a source may use that was added by the API. They are sent to the host that the
/// source itself names, so who may add sources could have any file of this process sent anywhere,
/// the keys among them. A webhook's secret is sent nowhere, and may be any file.
///
/// @param folder what these files lie below; links are followed before that is looked at
record ApiSecrets(Path folder) {
  private static final String PREFIX = "MODGATE_SECRET_";

  /// @return what is refused
  List<Problem> problems(Source source) {
    var problems = new ArrayList<Problem>();
    Map.of("git-credential", source.access().git(), "api-token", source.access().apiToken())
        .forEach((key, secret) ->
            secret.flatMap(this::fault).ifPresent(fault -> problems.add(new Problem(key, fault))));
    source
        .access()
        .sshKey()
        .flatMap(this::fault)
        .ifPresent(fault -> problems.add(new Problem("ssh-key", fault)));
    return problems;
  }

  private Optional<String> fault(SecretRef secret) {
    return switch (secret) {
      case SecretRef.File(var path) -> fault(path);
      case SecretRef.Env(var variable) ->
          variable.startsWith(PREFIX)
              ? Optional.empty()
              : Optional.of(
                  "is "
                      + Quoted.of("env:" + variable)
                      + ": of a source that is added by the API it has to begin with "
                      + PREFIX);
    };
  }

  private Optional<String> fault(Path path) {
    try {
      if (path.toRealPath().startsWith(folder.toRealPath())) {
        return Optional.empty();
      }
    } catch (IOException e) {
      // it is not there, or the folder is not
    }
    return Optional.of(
        "is "
            + Quoted.of(path.toString())
            + ": of a source that is added by the API it has to lie in "
            + Quoted.of(folder.toAbsolutePath().toString())
            + " (modgate.watcher.secrets-folder)");
  }
}
