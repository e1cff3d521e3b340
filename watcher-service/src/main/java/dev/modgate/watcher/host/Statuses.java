package dev.modgate.watcher.host;

import dev.modgate.watcher.source.Source;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/// Sets the status of a commit at its host. For many threads.
public final class Statuses {
  private final HostClient client;

  public Statuses(HostClient client) {
    this.client = client;
  }

  /// Idempotent: the same again changes nothing that anybody sees.
  ///
  /// @param commit 40 or 64 lower-case hex digits
  /// @throws IllegalArgumentException when the commit is none
  public HostAnswer set(
      HostApi api,
      Source.Access access,
      RepositoryPath repository,
      String commit,
      CommitStatus status)
      throws InterruptedException {
    if (!commit.matches("[0-9a-f]{40}|[0-9a-f]{64}")) {
      throw new IllegalArgumentException("no commit: " + commit.length() + " characters");
    }
    JsonNode known = MissingNode.getInstance();
    Optional<HostRequest> before = StatusRequests.asksBefore(api, repository, commit);
    if (before.isPresent()) {
      HostAnswer answer = client.ask(api, access, before.get());
      if (!(answer instanceof HostAnswer.Done(var json, _))) {
        return answer;
      }
      known = json;
    }
    HostAnswer answer =
        client.ask(api, access, StatusRequests.of(api, repository, commit, status, known));
    return answer instanceof HostAnswer.Refused refused
            && StatusRequests.saysThatItIsThere(api, status, refused)
        ? new HostAnswer.Done(MissingNode.getInstance(), false)
        : answer;
  }
}
