package dev.modgate.watcher.source;

import dev.modgate.gomod.quote.Quoted;
import dev.modgate.start.StartException;
import dev.modgate.watcher.source.Source.Place;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.transaction.support.TransactionTemplate;

/// The sources of the settings, and those that were added by the API. Where both have one of the
/// same name, the settings count.
public final class DeclaredSources implements Sources {
  private static final Logger LOG = LoggerFactory.getLogger(DeclaredSources.class);

  /// Sources added by the API. Each is looked at by every poll.
  static final int MOST = 10_000;

  private final Map<String, SourceDeclaration> settings;
  private final Map<String, Source> fixed;
  private final ApiSecrets apiSecrets;
  private final SourceRows rows;
  private final TransactionTemplate transaction;
  private final Clock clock;

  /// @param secretsFolder where the secrets lie that a source of the API may send
  /// @throws StartException naming every problem of every source
  public DeclaredSources(
      Map<String, SourceDeclaration> settings,
      Path secretsFolder,
      SourceRows rows,
      TransactionTemplate transaction,
      Clock clock) {
    this.settings = new TreeMap<>(settings);
    this.fixed = read(this.settings);
    this.apiSecrets = new ApiSecrets(secretsFolder);
    this.rows = rows;
    this.transaction = transaction;
    this.clock = clock;
  }

  private static Map<String, Source> read(Map<String, SourceDeclaration> settings) {
    var sources = new TreeMap<String, Source>();
    var problems = new ArrayList<String>();
    settings.forEach((name, declaration) -> {
      try {
        Source source = DeclarationReader.read(name, declaration);
        for (SecretRef secret : source.webhook().secrets()) {
          secret.read();
        }
        sources.put(name, source);
      } catch (SourceException e) {
        e.problems()
            .forEach(problem ->
                problems.add(
                    "modgate.watcher.sources."
                        + name
                        + "."
                        + problem.key()
                        + " "
                        + problem.fault()));
      } catch (SecretRef.UnreadableException e) {
        problems.add("modgate.watcher.sources." + name + ".secrets: " + e.getMessage());
      }
    });
    if (!problems.isEmpty()) {
      throw new StartException(problems);
    }
    return sources;
  }

  /// Notes in the history what the settings say since the last start.
  public void settle() {
    transaction.executeWithoutResult(_ -> rows.settle(settings, clock.instant()));
    rows.all().keySet().stream()
        .filter(fixed::containsKey)
        .forEach(name ->
            LOG.warn(
                "source {} is in the settings, which count, and was added by the API before",
                name));
  }

  @Override
  public List<Source> all() {
    var all = new TreeMap<>(fixed);
    rows.all()
        .forEach((name, declaration) ->
            parse(name, declaration).ifPresent(source -> all.putIfAbsent(name, source)));
    return List.copyOf(all.values());
  }

  @Override
  public Optional<Source> find(String name) {
    Source source = fixed.get(name);
    return source != null
        ? Optional.of(source)
        : rows.find(name).flatMap(declaration -> parse(name, declaration));
  }

  /// What was right when it was added may be of a later version of this program.
  private static Optional<Source> parse(String name, SourceDeclaration declaration) {
    try {
      return Optional.of(DeclarationReader.read(name, declaration));
    } catch (SourceException e) {
      LOG.warn("a stored source can't be used: {}", e.getMessage());
      return Optional.empty();
    }
  }

  @Override
  public List<Repository> repositories(Source source) {
    return switch (source.place()) {
      case Place.Single(var url) ->
          List.of(new Repository(source.name(), url.repositoryName(), url));
      case Place.Group group ->
          rows.repositories(source.name()).stream()
              .map(name -> new Repository(source.name(), name, group.url(name)))
              .toList();
      case Place.Agent _ -> List.of();
    };
  }

  /// Of all, also of those that can't be used.
  List<String> names() {
    var names = new TreeSet<>(settings.keySet());
    names.addAll(rows.all().keySet());
    return List.copyOf(names);
  }

  Optional<SourceDeclaration> declaration(String name) {
    SourceDeclaration declared = settings.get(name);
    return declared != null ? Optional.of(declared) : rows.find(name);
  }

  boolean isOfSettings(String name) {
    return settings.containsKey(name);
  }

  enum Put {
    ADDED,
    CHANGED,
    UNCHANGED
  }

  /// @throws SourceException naming every problem; nothing is changed then
  Put put(String name, SourceDeclaration declaration) throws SourceException {
    Source source = DeclarationReader.read(name, declaration);
    List<SourceException.Problem> refused = apiSecrets.problems(source);
    if (!refused.isEmpty()) {
      throw new SourceException(Quoted.of(name), refused);
    }
    for (SecretRef secret : source.webhook().secrets()) {
      try {
        secret.read();
      } catch (SecretRef.UnreadableException e) {
        throw new SourceException(
            Quoted.of(name), List.of(new SourceException.Problem("secrets:", e.getMessage() + "")));
      }
    }
    if (rows.find(name).isEmpty() && rows.all().size() >= MOST) {
      throw new SourceException(
          Quoted.of(name),
          List.of(new SourceException.Problem("name", "is one more than " + MOST + " sources")));
    }
    Put put =
        transaction.execute(_ -> {
          boolean before = rows.find(name).isPresent();
          boolean changed = rows.put(name, declaration, clock.instant());
          return before ? changed ? Put.CHANGED : Put.UNCHANGED : Put.ADDED;
        });
    return put == null ? Put.UNCHANGED : put;
  }

  /// @return whether it was there; what its commits brought inside stays
  boolean remove(String name) {
    return Boolean.TRUE.equals(transaction.execute(_ -> rows.remove(name, clock.instant())));
  }

  List<SourceRows.Change> history(String name, int limit) {
    return rows.history(name, limit);
  }
}
