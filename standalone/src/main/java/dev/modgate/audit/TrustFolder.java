package dev.modgate.audit;

import dev.modgate.gomod.note.VerifierKey;
import dev.modgate.gomod.quote.Quoted;
import dev.modgate.gomod.sumdb.GoSumDb;
import dev.modgate.gomod.sumdb.SignedHead;
import dev.modgate.gomod.sumdb.SumDbException;
import dev.modgate.pipeline.store.Durability;
import dev.modgate.pipeline.store.FileObjectStore;
import dev.modgate.pipeline.store.ObjectKey;
import dev.modgate.pipeline.store.ObjectReader;
import dev.modgate.pipeline.store.ObjectStat;
import dev.modgate.pipeline.store.ObjectStore;
import dev.modgate.pipeline.trust.TrustLayout;
import dev.modgate.start.StartException;
import dev.modgate.verifier.sumdb.TrustStore;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// What verifiers remember of checksum databases, in the folder of a blob store, as a person sees
/// it. Running verifiers may use the same folder.
public final class TrustFolder {
  private static final int MAX_BYTES = 1 << 20;

  private static final String RESTORE = ": restore trust/ from a backup";

  private final Path folder;
  private final ObjectStore objects;

  /// @param folder of the blob store
  /// @throws StartException where it can't be used
  public TrustFolder(Path folder) {
    this(folder, store(folder));
  }

  TrustFolder(Path folder, ObjectStore objects) {
    this.folder = folder;
    this.objects = objects;
  }

  private static ObjectStore store(Path folder) {
    try {
      return new FileObjectStore(folder, Durability.FSYNC);
    } catch (IOException e) {
      throw new StartException("blob store \"" + folder + "\" can't be used: " + e, e);
    }
  }

  /// Whether there is such a folder; looking at one creates it otherwise.
  public static boolean isThere(Path folder) {
    return Files.isDirectory(folder);
  }

  /// What is remembered of one database.
  ///
  /// @param key of the database, as pinned at the beginning; null where that is lost
  /// @param records of the newest tree head seen; -1 where none was seen yet, or it is lost
  /// @param rootHash of that tree, in base64
  /// @param seen when that head was first seen
  /// @param fault why the memory can't be used; null where it can
  /// @param alarm why all verifiers stopped; null where they don't
  /// @param acknowledged past alarms
  public record Remembered(
      String name,
      @Nullable String key,
      long records,
      String rootHash,
      @Nullable Instant seen,
      long tiles,
      @Nullable String fault,
      @Nullable String alarm,
      List<String> acknowledged) {}

  /// One a database, by name.
  public List<Remembered> all() throws IOException {
    var names = new TreeSet<String>();
    try (var found = objects.list(TrustLayout.ROOT)) {
      found
          .map(stat -> stat.key().value().split("/", -1))
          .filter(segments -> segments.length > 2) // else of no database
          .forEach(segments -> names.add(segments[1]));
    }
    var all = new ArrayList<Remembered>();
    for (String name : names) {
      all.add(remembered(TrustLayout.ofFolder(name)));
    }
    return all;
  }

  private Remembered remembered(TrustLayout layout) throws IOException {
    String below = layout.folder() + "/";
    Optional<Text> created = read(below + "created");
    Optional<Text> latest = read(below + "latest");
    long tiles = count(below + "tile");
    String fault = null;
    long records = -1;
    String rootHash = "";
    VerifierKey key = null;
    try {
      if (created.isEmpty() || latest.isEmpty() || latest.get().text.isEmpty()) {
        fault = "\"" + below + (created.isEmpty() ? "created" : "latest") + "\" is lost" + RESTORE;
      } else {
        key = VerifierKey.parse(created.get().text.strip());
        if (latest.get().text.equals(TrustStore.NO_HEAD_YET)) {
          if (tiles > 0) {
            fault = "\"" + below + "latest\" has no head beside tiles" + RESTORE;
          }
        } else {
          var head = SignedHead.open(latest.get().text, key).head();
          records = head.size();
          rootHash = head.hash().toString();
        }
      }
    } catch (SumDbException | IllegalArgumentException e) {
      fault = "\"" + below + "latest\" is damaged: " + Quoted.of(String.valueOf(e.getMessage()));
    }
    return new Remembered(
        layout.database(),
        key == null ? null : key.toString(),
        records,
        rootHash,
        records < 0 ? null : latest.map(text -> text.stat.modified()).orElse(null),
        tiles,
        fault,
        read(below + TrustLayout.ALARM).map(text -> text.text).orElse(null),
        acknowledged(below));
  }

  private List<String> acknowledged(String below) throws IOException {
    var all = new ArrayList<String>();
    try (var found = objects.list(below + "acknowledged")) {
      for (ObjectKey key : found.map(ObjectStat::key).sorted().toList()) {
        all.add(read(key.value()).map(text -> text.text).orElse(""));
      }
    }
    return all;
  }

  private long count(String below) throws IOException {
    try (var found = objects.list(below)) {
      return found.count();
    }
  }

  /// Begins the memory of a database.
  ///
  /// @throws StartException where there is one, or was
  public void init(GoSumDb.Database database) throws IOException {
    var layout = new TrustLayout(database.name());
    if (objects.stat(layout.object(TrustLayout.CREATED)).isPresent()) {
      throw new StartException(
          "\""
              + folder.resolve(layout.folder())
              + "\" is there already, and is not begun anew: what it"
              + " remembers reveals a database that goes back");
    }
    var _ = TrustStore.open(objects, database.key(), true);
  }

  /// Lets the verifiers go on after an alarm, and keeps who said so, when and why, with the alarm,
  /// in `acknowledged/` beside it. What is remembered stays: a database that still shows another
  /// history stops them again.
  ///
  /// @param by and `why` are one line each
  /// @return the alarm
  /// @throws StartException where there is no alarm, or it is another one by now
  public String acknowledge(String name, String by, String why, Instant now) throws IOException {
    var layout = new TrustLayout(name);
    ObjectKey key = layout.object(TrustLayout.ALARM);
    Text alarm =
        read(key.value())
            .orElseThrow(() ->
                new StartException(
                    "there is no alarm of " + Quoted.of(name) + " in \"" + folder + "\""));
    String record = "by " + by + "\nat " + now + "\nwhy " + why + "\n\n" + alarm.text;
    var kept = layout.object("acknowledged/" + now.toString().replace(':', '.'));
    if (!objects.compareAndSwap(kept, Optional.empty(), record.getBytes(StandardCharsets.UTF_8))) {
      throw new StartException("\"" + kept + "\" is there already: try again");
    }
    if (!objects.delete(key, alarm.stat.revision())) {
      var _ = objects.delete(kept);
      throw new StartException(
          "the alarm of " + Quoted.of(name) + " changed meanwhile: look again");
    }
    return alarm.text;
  }

  private record Text(String text, ObjectStat stat) {}

  private Optional<Text> read(String key) throws IOException {
    try (ObjectReader open = objects.open(new ObjectKey(key)).orElse(null)) {
      return open == null
          ? Optional.empty()
          : Optional.of(
              new Text(new String(open.readAll(MAX_BYTES), StandardCharsets.UTF_8), open.stat()));
    }
  }
}
