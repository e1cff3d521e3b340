package dev.modgate.watcher.hook.payload;

import dev.modgate.gomod.quote.Quoted;
import dev.modgate.watcher.hook.signature.HookHeaders;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Gitee.
record GiteePayload() implements Payload {

  @Override
  public HookEvent event(HookHeaders headers, Json body) throws UnreadableException {
    if (headers.get("X-Gitee-Ping").orElse("").equalsIgnoreCase("true")) {
      return new HookEvent.Ping();
    }
    String event = headers.get("X-Gitee-Event").orElse("");
    return switch (event) {
      case "Push Hook", "Tag Push Hook" -> new HookEvent.Push(repository(body), pushed(body));
      case "Merge Request Hook" -> pullRequest(body);
      case "" -> new HookEvent.Other("no X-Gitee-Event came");
      default -> new HookEvent.Other("nothing is done for the event " + Quoted.of(event));
    };
  }

  private static RepositoryId repository(Json body) throws UnreadableException {
    Json repository = body.at("repository");
    String name = repository.text("full_name");
    List<String> names =
        Stream.concat(repository.textIfAny("path_with_namespace").stream(), Stream.of(name))
            .distinct()
            .toList();
    return RepositoryId.of(names, repository, "clone_url", "git_http_url", "ssh_url");
  }

  private static RefChange pushed(Json body) throws UnreadableException {
    String ref = body.text("ref");
    if (body.isTrue("deleted")) {
      return RefChange.deleted(ref);
    }
    RefChange change = RefChange.of(ref, Optional.of(body.text("after")));
    return change instanceof RefChange.Moved && ref.startsWith("refs/tags/")
        ? RefChange.of(ref, body.at("head_commit").textIfAny("id"))
        : change;
  }

  private static HookEvent pullRequest(Json body) throws UnreadableException {
    String action = body.text("action");
    boolean pushed =
        action.equals("update")
            && body.textIfAny("action_desc").orElse("").equals("source_branch_changed");
    if (!pushed && !action.equals("open")) {
      return new HookEvent.Other("a pull request: " + Quoted.of(action) + ", no new commits");
    }
    Json request = body.at("pull_request");
    return new HookEvent.PullRequest(
        repository(body),
        RefChange.tip(
            "refs/pull/" + request.number("number", "a number") + "/head",
            Optional.of(request.at("head").text("sha"))));
  }
}
