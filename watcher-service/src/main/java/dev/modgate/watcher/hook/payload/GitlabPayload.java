package dev.modgate.watcher.hook.payload;

import dev.modgate.gomod.quote.Quoted;
import dev.modgate.watcher.hook.signature.HookHeaders;
import java.util.Optional;

/// GitLab: project, group and system hooks.
record GitlabPayload() implements Payload {

  @Override
  public HookEvent event(HookHeaders headers, Json body) throws UnreadableException {
    String kind = body.textIfAny("object_kind").or(() -> body.textIfAny("event_name")).orElse("");
    return switch (kind) {
      case "push", "tag_push" -> new HookEvent.Push(repository(body), pushed(body));
      case "merge_request" -> mergeRequest(body);
      case "release" -> release(body);
      case "" -> throw new UnreadableException("\"object_kind\" is missing or not a text");
      default -> new HookEvent.Other("nothing is done for the event " + Quoted.of(kind));
    };
  }

  private static RepositoryId repository(Json body) throws UnreadableException {
    return RepositoryId.of(
        body.at("project"), "path_with_namespace", "git_http_url", "git_ssh_url");
  }

  /// `after` of an annotated tag is its own id; `checkout_sha` is its commit's.
  private static RefChange pushed(Json body) throws UnreadableException {
    String ref = body.text("ref");
    RefChange change = RefChange.of(ref, Optional.of(body.text("after")));
    return change instanceof RefChange.Moved && ref.startsWith("refs/tags/")
        ? RefChange.of(ref, body.textIfAny("checkout_sha"))
        : change;
  }

  private static HookEvent mergeRequest(Json body) throws UnreadableException {
    Json request = body.at("object_attributes");
    String action = request.textIfAny("action").orElse("looked at");
    boolean pushed = action.equals("update") && request.textIfAny("oldrev").isPresent();
    if (!pushed && !action.equals("open") && !action.equals("reopen")) {
      return new HookEvent.Other("a merge request is " + Quoted.of(action) + ", no new commits");
    }
    return new HookEvent.PullRequest(
        repository(body),
        RefChange.tip(
            "refs/merge-requests/" + request.number("iid", "a number") + "/head",
            Optional.of(request.at("last_commit").text("id"))));
  }

  private static HookEvent release(Json body) throws UnreadableException {
    String action = body.text("action");
    if (!action.equals("create")) {
      return new HookEvent.Other("a release: " + Quoted.of(action) + ", not create");
    }
    return new HookEvent.Release(
        repository(body),
        RefChange.tip("refs/tags/" + body.text("tag"), body.at("commit").textIfAny("id")));
  }
}
