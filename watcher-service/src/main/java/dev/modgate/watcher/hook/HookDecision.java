package dev.modgate.watcher.hook;

import dev.modgate.gomod.quote.Quoted;
import dev.modgate.watcher.hook.delivery.Delivery.Outcome;
import dev.modgate.watcher.hook.delivery.Verdict;
import dev.modgate.watcher.hook.payload.HookEvent;
import dev.modgate.watcher.hook.payload.RefChange;
import dev.modgate.watcher.hook.payload.RepositoryId;
import dev.modgate.watcher.run.FoundBy;
import dev.modgate.watcher.run.Tip;
import dev.modgate.watcher.source.Repository;
import dev.modgate.watcher.source.Source;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/// What an authentic event means for its source.
///
/// @param repositories that the source has now
record HookDecision(Source source, List<Repository> repositories, FoundBy by) {
  private static final int MOST_NAMED = 3;

  Outcome of(HookEvent event) {
    return switch (event) {
      case HookEvent.Ping _ -> new Outcome.Leave(Verdict.PING, "a ping: the webhook works");
      case HookEvent.Other(var word) -> new Outcome.Leave(Verdict.IGNORED, word);
      case HookEvent.Unreadable(var why) -> new Outcome.Leave(Verdict.MALFORMED, why);
      case HookEvent.PullRequest(var repository, var tip) ->
          find(repository).map(found -> pullRequest(found, tip)).orElseGet(() -> none(repository));
      case HookEvent.Release(var repository, var tip) ->
          find(repository)
              .map(found -> moved(found, List.of(new RefChange.Moved(tip)), ""))
              .orElseGet(() -> none(repository));
      case HookEvent.Push(var repository, var changes, var more) ->
          find(repository)
              .map(found -> moved(found, changes, more ? "; the rest of many is left out" : ""))
              .orElseGet(() -> none(repository));
    };
  }

  /// The only one of a source needs no name.
  private Optional<Repository> find(RepositoryId id) {
    if (id.names().isEmpty() && id.urls().isEmpty()) {
      return source.place() instanceof Source.Place.Single
          ? repositories.stream().findFirst()
          : Optional.empty();
    }
    return repositories.stream().filter(one -> id.is(one, source.host())).findFirst();
  }

  private Outcome none(RepositoryId id) {
    String name = id.name().map(Quoted::of).orElse("no name");
    return switch (source.place()) {
      case Source.Place.Single(var url) ->
          foreign(
              "repository " + name + " is not that of the source, " + Quoted.of(url.toString()));
      case Source.Place.Group group ->
          id.names().stream().anyMatch(one -> isBelow(group.path(), one))
              ? new Outcome.Leave(
                  Verdict.UNKNOWN_REPOSITORY,
                  "unknown repository "
                      + name
                      + ": not yet discovered in the group "
                      + Quoted.of(group.path())
                      + ", or left out of it")
              : foreign("repository " + name + " is not in the group " + Quoted.of(group.path()));
      case Source.Place.Agent(var agent) ->
          foreign("the agent " + Quoted.of(agent) + " reads this source and takes its webhooks");
    };
  }

  private static boolean isBelow(String group, String name) {
    return name.toLowerCase(Locale.ROOT).startsWith(group.toLowerCase(Locale.ROOT) + "/");
  }

  private static Outcome foreign(String sentence) {
    return new Outcome.Leave(Verdict.FOREIGN_REPOSITORY, sentence);
  }

  private Outcome pullRequest(Repository repository, Tip tip) {
    return source.selection().pullRequests()
        ? read(repository, List.of(tip), "")
        : new Outcome.Leave(Verdict.IGNORED, "the source does not take pull requests");
  }

  private Outcome moved(Repository repository, List<RefChange> changes, String more) {
    List<Tip> wanted =
        changes.stream()
            .flatMap(change ->
                switch (change) {
                  case RefChange.Moved(var tip) -> Optional.of(tip).stream();
                  case RefChange.Deleted _ -> Optional.<Tip>empty().stream();
                })
            .filter(tip -> source.selection().wants(tip.ref()))
            .toList();
    return wanted.isEmpty()
        ? new Outcome.Leave(Verdict.IGNORED, unwanted(changes) + more)
        : read(repository, wanted, more);
  }

  private Outcome read(Repository repository, List<Tip> tips, String more) {
    return new Outcome.Read(
        repository,
        by,
        tips,
        named(tips.stream().map(Tip::ref).toList())
            + " of "
            + Quoted.of(repository.name())
            + " will be read"
            + more);
  }

  private static String unwanted(List<RefChange> changes) {
    if (changes.isEmpty()) {
      return "no ref moved";
    }
    List<String> refs = changes.stream().map(RefChange::ref).toList();
    return changes.stream().allMatch(RefChange.Deleted.class::isInstance)
        ? named(refs) + " was deleted"
        : named(refs) + " is none of the source's branches and tags";
  }

  private static String named(List<String> refs) {
    return refs.stream().limit(MOST_NAMED).map(Quoted::of).collect(Collectors.joining(", "))
        + (refs.size() > MOST_NAMED ? " and " + (refs.size() - MOST_NAMED) + " more" : "");
  }
}
