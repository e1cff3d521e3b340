package dev.modgate.watcher.tick;

import dev.modgate.gomod.quote.Quoted;
import dev.modgate.watcher.host.HostAnswer;
import dev.modgate.watcher.host.HostApi;
import dev.modgate.watcher.host.RepositoryPath;
import dev.modgate.watcher.host.Statuses;
import dev.modgate.watcher.source.GitUrl;
import dev.modgate.watcher.source.Source;
import dev.modgate.watcher.source.Sources;
import java.util.Optional;

/// Sends ticks to the hosts of the declared sources.
public final class HostTickSender implements TickSender {
  private final Sources sources;
  private final Statuses statuses;

  public HostTickSender(Sources sources, Statuses statuses) {
    this.sources = sources;
    this.statuses = statuses;
  }

  @Override
  public Outcome send(Tick tick) throws InterruptedException {
    Optional<Source> source = sources.find(tick.source());
    if (source.isEmpty()) {
      return new Outcome.NotOurs(
          "source " + Quoted.of(tick.source()) + " is not declared any more");
    }
    return switch (source.get().place()) {
      case Source.Place.Single(var url) -> send(source.get(), url, tick);
      case Source.Place.Group(var base, _, _, _) -> send(source.get(), base, tick);
      case Source.Place.Agent(var name) ->
          new Outcome.NotOurs("agent " + Quoted.of(name) + " sends it");
    };
  }

  private Outcome send(Source source, GitUrl url, Tick tick) throws InterruptedException {
    Source.Access access = source.access();
    if (access.apiToken().isEmpty()) {
      return new Outcome.NotOurs(
          "source " + Quoted.of(source.name()) + " has no api-token, so its host is not told");
    }
    return switch (HostApi.find(source.host(), access.api(), url)) {
      case HostApi.Found.None(var sentence) -> new Outcome.NotOurs(sentence);
      case HostApi.Found.Api(var api) -> send(api, access, tick);
    };
  }

  private Outcome send(HostApi api, Source.Access access, Tick tick) throws InterruptedException {
    RepositoryPath repository;
    try {
      repository = RepositoryPath.parse(tick.repository());
    } catch (IllegalArgumentException e) {
      return new Outcome.NotOurs(String.valueOf(e.getMessage()));
    }
    return switch (statuses.set(api, access, repository, tick.commit(), tick.status())) {
      case HostAnswer.Done _ -> new Outcome.Sent();
      case HostAnswer.Refused(_, var sentence) -> new Outcome.Refused(sentence);
      case HostAnswer.NotNow(var sentence, var notBefore) ->
          new Outcome.NotNow(sentence, notBefore);
      case HostAnswer.NotAsked(var sentence, var notBefore) ->
          new Outcome.NotAsked(sentence, notBefore);
    };
  }
}
