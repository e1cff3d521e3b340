package dev.modgate.watcher.host;

import dev.modgate.watcher.source.GitUrl;
import dev.modgate.watcher.source.Repository;
import dev.modgate.watcher.source.Source;
import dev.modgate.watcher.source.SourceProbe;
import java.util.ArrayList;
import java.util.List;

/// Asks a host's API for the repositories of a source, or for the first page of its group. That a
/// token may read says nothing of commit statuses yet: those can't be tried without setting one.
public final class HostProbe implements SourceProbe {
  private static final String WHAT = "api";

  private final HostClient client;

  public HostProbe(HostClient client) {
    this.client = client;
  }

  @Override
  public List<Step> probe(Source source, List<Repository> repositories) {
    return switch (source.place()) {
      case Source.Place.Single(var url) -> probe(source, url, repositories);
      case Source.Place.Group group -> probeGroup(source, group);
      case Source.Place.Agent _ -> List.of();
    };
  }

  private List<Step> probe(Source source, GitUrl url, List<Repository> repositories) {
    if (source.access().apiToken().isEmpty()) {
      return List.of(new Step(WHAT, true, "no api-token: commits get no status"));
    }
    if (!(HostApi.find(source.host(), source.access().api(), url)
        instanceof HostApi.Found.Api(var api))) {
      return List.of(new Step(WHAT, true, "no API is known: commits get no status"));
    }
    var steps = new ArrayList<Step>();
    for (Repository repository : repositories) {
      try {
        RepositoryPath path = RepositoryPath.parse(repository.name()).at(api);
        steps.add(ask(source, api, HostRequest.get(request(api, path)), repository.name()));
      } catch (IllegalArgumentException e) {
        steps.add(new Step(WHAT, false, String.valueOf(e.getMessage())));
      }
    }
    return steps;
  }

  private List<Step> probeGroup(Source source, Source.Place.Group group) {
    return switch (HostApi.find(source.host(), source.access().api(), group.base())) {
      case HostApi.Found.None(var sentence) -> List.of(new Step(WHAT, false, sentence));
      case HostApi.Found.Api(var api) -> {
        try {
          RepositoryPath path = RepositoryPath.parse(group.path());
          yield List.of(
              GroupPages.path(api.dialect(), path, 1)
                  .map(first -> ask(source, api, HostRequest.get(first), group.path()))
                  .orElseGet(() -> new Step(WHAT, false, "this kind of host lists no groups")));
        } catch (IllegalArgumentException e) {
          yield List.of(new Step(WHAT, false, String.valueOf(e.getMessage())));
        }
      }
    };
  }

  private static String request(HostApi api, RepositoryPath path) {
    return switch (api.dialect()) {
      case GITHUB, GITEA, GITEE -> "repos/" + path;
      case GITLAB -> "projects/" + path.encoded();
      case BITBUCKET_CLOUD -> "repositories/" + path;
      case BITBUCKET_DATA_CENTER ->
          "projects/" + path.names().getFirst() + "/repos/" + path.names().getLast();
    };
  }

  private Step ask(Source source, HostApi api, HostRequest request, String name) {
    try {
      return switch (client.ask(api, source.access(), request)) {
        case HostAnswer.Done _ -> new Step(WHAT, true, api.root() + " shows " + name);
        case HostAnswer.Refused(_, var sentence) -> new Step(WHAT, false, sentence);
        case HostAnswer.NotNow(var sentence, _) -> new Step(WHAT, false, sentence);
        case HostAnswer.NotAsked(var sentence, _) -> new Step(WHAT, false, sentence);
      };
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new Step(WHAT, false, "interrupted");
    }
  }
}
