package dev.modgate.watcher.host;

import dev.modgate.watcher.source.Source;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/// The repositories of a group, a page at a time. For many threads.
public final class GroupPages {
  private final HostClient client;

  public GroupPages(HostClient client) {
    this.client = client;
  }

  /// @param names as the host gives them, unchecked; without those that are archived, disabled or
  ///   empty, as far as the host says so
  /// @param listed how many there were with those
  /// @param more whether there may be a further page
  public record Page(List<String> names, int listed, boolean more) {
    public Page {
      names = List.copyOf(names);
    }
  }

  /// What a host said.
  public sealed interface Answer {
    record Listed(Page page) implements Answer {}

    /// Anything else; never [HostAnswer.Done].
    record Failed(HostAnswer why) implements Answer {}
  }

  /// Whether groups of this host can be listed.
  public static boolean knows(HostApi.Dialect dialect) {
    return path(dialect, new RepositoryPath(List.of("group")), 1).isPresent();
  }

  /// @param number from 1
  public Answer page(HostApi api, Source.Access access, RepositoryPath group, int number)
      throws InterruptedException {
    String path = path(api.dialect(), group, number).orElseThrow();
    return switch (client.ask(api, access, HostRequest.get(path))) {
      case HostAnswer.Done(var json, var more) ->
          json.isArray()
              ? new Answer.Listed(page(api.dialect(), json, more))
              : new Answer.Failed(
                  new HostAnswer.Refused(200, api.authority() + " answered with no list"));
      case HostAnswer.Refused refused -> new Answer.Failed(refused);
      case HostAnswer.NotNow later -> new Answer.Failed(later);
      case HostAnswer.NotAsked later -> new Answer.Failed(later);
    };
  }

  static Optional<String> path(HostApi.Dialect dialect, RepositoryPath group, int number) {
    return switch (dialect) {
      case GITHUB ->
          Optional.of(
              "orgs/" + group + "/repos?type=all&sort=full_name&per_page=100&page=" + number);
      case GITLAB ->
          Optional.of(
              "groups/"
                  + group.encoded()
                  + "/projects?include_subgroups=true&with_shared=false&archived=false"
                  + "&order_by=id&sort=asc&per_page=100&page="
                  + number);
      case GITEA -> Optional.of("orgs/" + group + "/repos?limit=50&page=" + number);
      case BITBUCKET_CLOUD, BITBUCKET_DATA_CENTER, GITEE -> Optional.empty();
    };
  }

  private static Page page(HostApi.Dialect dialect, JsonNode list, boolean more) {
    String key = dialect == HostApi.Dialect.GITLAB ? "path_with_namespace" : "full_name";
    var names = new ArrayList<String>();
    for (JsonNode one : list) {
      boolean skipped =
          one.path("archived").asBoolean(false)
              || one.path("disabled").asBoolean(false)
              || one.path("empty").asBoolean(false)
              || one.path("empty_repo").asBoolean(false);
      if (!skipped) {
        names.add(one.path(key).asString(""));
      }
    }
    return new Page(names, list.size(), more && !list.isEmpty());
  }
}
