package dev.modgate.watcher.run;

import dev.modgate.gomod.quote.Quoted;
import dev.modgate.watcher.api.BadRequestException;
import dev.modgate.watcher.api.Cursor;
import dev.modgate.watcher.api.ListPage;
import dev.modgate.watcher.source.Repository;
import dev.modgate.watcher.source.Source;
import dev.modgate.watcher.source.Sources;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/// The commits of a source.
@RestController
@RequestMapping("/api/v1/sources/{name}")
final class CommitController {
  private static final int MOST_LISTED = 1_000;

  private final Sources sources;
  private final Runs runs;
  private final CommitsSeen seen;
  private final TransactionTemplate transaction;

  CommitController(Sources sources, Runs runs, CommitsSeen seen, TransactionTemplate transaction) {
    this.sources = sources;
    this.runs = runs;
    this.seen = seen;
    this.transaction = transaction;
  }

  /// The newest first.
  @GetMapping("/commits")
  ResponseEntity<List<CommitsSeen.Seen>> commits(
      @PathVariable String name,
      @RequestParam(required = false) @Nullable String repository,
      @RequestParam(required = false) @Nullable String after,
      @RequestParam(defaultValue = "50") int limit,
      HttpServletRequest request) {
    ListPage.check(limit, MOST_LISTED);
    Optional<CommitsSeen.Place> place =
        Cursor.read(after, 3)
            .map(parts ->
                new CommitsSeen.Place(Cursor.time(parts.get(0)), parts.get(1), parts.get(2)));
    List<CommitsSeen.Seen> found =
        seen.of(find(name).name(), Optional.ofNullable(repository), place, limit + 1);
    return ListPage.of(
            found,
            limit,
            commit -> Cursor.of(commit.foundAt().toString(), commit.repository(), commit.commit()))
        .answer(request);
  }

  /// @param repository may be left out where the source has one
  /// @param ref a full name, such as `refs/heads/main`
  record Request(@Nullable String repository, @Nullable String ref) {}

  /// @param coalesced whether it waited already
  record Taken(String run, boolean coalesced) {}

  /// Reads a ref now, whether or not the patterns of the source match it.
  @PostMapping(path = "/commits", consumes = "application/json")
  @ResponseStatus(HttpStatus.ACCEPTED)
  Taken read(@PathVariable String name, @RequestBody Request request) {
    Repository repository = repository(find(name), request.repository());
    String ref = request.ref() == null ? "" : request.ref();
    if (!ref.matches("refs/[^\\p{Cntrl}\\s~^:?*\\[\\\\]{1,390}")) {
      throw BadRequestException.unprocessable(
          "ref is " + Quoted.of(ref) + ", want a full name such as refs/heads/main");
    }
    var tip = new Tip(ref, Optional.empty());
    Runs.Noticed noticed =
        transaction.execute(
            _ -> runs.notice(repository, FoundBy.PERSON, List.of(tip), Duration.ZERO));
    runs.wakeWorkers();
    if (noticed == null) {
      throw new IllegalStateException("a run has an id");
    }
    return new Taken(noticed.run(), noticed.coalesced());
  }

  private Source find(String name) {
    return sources
        .find(name)
        .orElseThrow(() -> BadRequestException.notFound("there is no source " + Quoted.of(name)));
  }

  private Repository repository(Source source, @Nullable String name) {
    if (name == null) {
      List<Repository> all = sources.repositories(source);
      if (all.size() != 1) {
        throw BadRequestException.unprocessable(
            "source " + source.name() + " has " + all.size() + " repositories: say which one");
      }
      return all.getFirst();
    }
    return sources
        .repository(source, name)
        .orElseThrow(() ->
            BadRequestException.notFound(
                "source " + source.name() + " has no repository " + Quoted.of(name)));
  }
}
