package dev.modgate.watcher.hook.payload;

import dev.modgate.gomod.quote.Quoted;
import dev.modgate.watcher.hook.signature.HookHeaders;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// GitHub, and Gitea and Forgejo, which send the same fields.
///
/// @param events headers with the event's name
record GithubPayload(List<String> events) implements Payload {
  static final GithubPayload GITHUB = new GithubPayload(List.of("X-GitHub-Event"));
  static final GithubPayload GITEA = new GithubPayload(List.of("X-Forgejo-Event", "X-Gitea-Event"));

  /// After which a pull request has commits that it did not have before.
  private static final Set<String> NEW_COMMITS =
      Set.of("opened", "reopened", "synchronize", "synchronized", "ready_for_review");

  @Override
  public HookEvent event(HookHeaders headers, Json body) throws UnreadableException {
    String event = headers.first(events).orElse("");
    return switch (event) {
      case "ping" -> new HookEvent.Ping();
      case "push" -> new HookEvent.Push(repository(body), pushed(body));
      case "create" -> created(body);
      case "delete" -> new HookEvent.Push(repository(body), RefChange.deleted(fullName(body)));
      case "pull_request", "pull_request_sync" -> pullRequest(body);
      case "release" -> release(body);
      case "" -> new HookEvent.Other("no " + String.join(" or ", events) + " came");
      default -> new HookEvent.Other("nothing is done for the event " + Quoted.of(event));
    };
  }

  private static RepositoryId repository(Json body) throws UnreadableException {
    return RepositoryId.of(body.at("repository"), "full_name", "clone_url", "ssh_url");
  }

  /// What an annotated tag comes with is its own id, not its commit's.
  private static RefChange pushed(Json body) throws UnreadableException {
    String ref = body.text("ref");
    if (body.isTrue("deleted")) {
      return RefChange.deleted(ref);
    }
    String after = body.text("after");
    boolean gone = RefChange.of(ref, Optional.of(after)) instanceof RefChange.Deleted;
    return ref.startsWith("refs/tags/") && !gone
        ? RefChange.of(ref, body.at("head_commit").textIfAny("id"))
        : RefChange.of(ref, Optional.of(after));
  }

  private static HookEvent created(Json body) throws UnreadableException {
    RefChange created = RefChange.of(fullName(body), Optional.empty());
    return created.ref().startsWith("refs/tags/")
        ? new HookEvent.Push(repository(body), created)
        : new HookEvent.Other("a new branch: its push says the same");
  }

  private static String fullName(Json body) throws UnreadableException {
    String ref = body.text("ref");
    if (ref.startsWith("refs/")) {
      return ref;
    }
    String type = body.text("ref_type");
    return switch (type) {
      case "tag" -> "refs/tags/" + ref;
      case "branch" -> "refs/heads/" + ref;
      default ->
          throw new UnreadableException(
              "\"ref_type\" is " + Quoted.of(type) + ", want branch or tag");
    };
  }

  private static HookEvent pullRequest(Json body) throws UnreadableException {
    String action = body.text("action");
    if (!NEW_COMMITS.contains(action)) {
      return new HookEvent.Other("a pull request is " + Quoted.of(action) + ", no new commits");
    }
    return new HookEvent.PullRequest(
        repository(body),
        RefChange.tip(
            "refs/pull/" + body.number("number", "a number") + "/head",
            Optional.of(body.at("pull_request").at("head").text("sha"))));
  }

  private static HookEvent release(Json body) throws UnreadableException {
    String action = body.text("action");
    if (!action.equals("published")) {
      return new HookEvent.Other("a release is " + Quoted.of(action) + ", not published");
    }
    return new HookEvent.Release(
        repository(body),
        RefChange.tip("refs/tags/" + body.at("release").text("tag_name"), Optional.empty()));
  }
}
