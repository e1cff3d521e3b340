package dev.modgate.standalone;

import dev.modgate.gomod.quote.Quoted;
import dev.modgate.gomod.sumdb.GoSumDb;
import dev.modgate.pipeline.trust.TrustLayout;
import dev.modgate.start.StartException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// What a data folder remembers of checksum databases, as a start has to find it: a memory that was
/// lost is not begun anew, and no other one beside it unless somebody says so.
///
/// @param data absolute
record DataTrust(Path data) {

  /// Whether nothing has come inside yet, so that there was nothing to remember.
  boolean mayBegin() {
    Path inner = data.resolve("inner");
    return !Files.exists(inner.resolve("sumdb"))
        && !Files.exists(inner.resolve("_modgate").resolve("evidence"));
  }

  /// Comes before the verifier starts.
  ///
  /// @param chosen in GOSUMDB syntax; empty where no setting says so
  /// @throws StartException where the database can't be asked without a word of a person
  void check(Optional<String> chosen) {
    if (!(GoSumDb.parse(chosen.orElse(GoSumDb.DEFAULT)) instanceof GoSumDb.Database database)) {
      return;
    }
    var layout = new TrustLayout(database.name());
    Path created = outer(layout.object(TrustLayout.CREATED).value());
    if (Files.exists(created)) {
      return;
    }
    List<String> others = remembered();
    if (chosen.isEmpty() && !others.isEmpty()) {
      throw new StartException(
          "the data folder remembers the checksum database "
              + Quoted.of(String.join(", ", others))
              + ", but "
              + database.name()
              + " would be asked now: say which one with --sumdb or MODGATE_SUMDB_DATABASE");
    }
    if (!mayBegin()) {
      throw new StartException(
          "modules are inside, but \""
              + outer(layout.folder())
              + "\" is not there, where verifiers remember the checksum database: where it was"
              + " lost, restore it from a backup; where "
              + database.name()
              + " was never asked from here, begin with: modgate trust init --data "
              + data
              + (database.name().equals(GoSumDb.DEFAULT) ? "" : " --sumdb " + database.key()));
    }
  }

  /// Names of databases.
  private List<String> remembered() {
    Path trust = outer(TrustLayout.ROOT);
    if (!Files.isDirectory(trust)) {
      return List.of();
    }
    try (Stream<Path> folders = Files.list(trust)) {
      return folders
          .filter(folder -> Files.exists(folder.resolve(TrustLayout.CREATED)))
          .map(folder -> TrustLayout.ofFolder(folder.getFileName().toString()).database())
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new StartException("\"" + trust + "\" can't be read: " + e, e);
    }
  }

  private Path outer(String below) {
    return data.resolve("outer").resolve(below);
  }
}
