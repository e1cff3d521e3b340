package dev.modgate.watcher.hook.payload;

import dev.modgate.gomod.quote.Quoted;
import dev.modgate.watcher.hook.signature.HookHeaders;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Bitbucket Cloud, and Bitbucket Data Center, which has other events.
record BitbucketPayload() implements Payload {

  @Override
  public HookEvent event(HookHeaders headers, Json body) throws UnreadableException {
    String event = headers.get("X-Event-Key").orElse("");
    return switch (event) {
      case "diagnostics:ping" -> new HookEvent.Ping();
      case "repo:push" -> cloudPush(body);
      case "pullrequest:created", "pullrequest:updated" -> cloudPullRequest(body);
      case "repo:refs_changed" -> dataCenterPush(body);
      case "pr:opened", "pr:reopened", "pr:from_ref_updated" -> dataCenterPullRequest(body);
      case "" -> new HookEvent.Other("no X-Event-Key came");
      default -> new HookEvent.Other("nothing is done for the event " + Quoted.of(event));
    };
  }

  private static RepositoryId cloudRepository(Json body) throws UnreadableException {
    return RepositoryId.of(body.at("repository"), "full_name");
  }

  private static HookEvent cloudPush(Json body) throws UnreadableException {
    Json push = body.at("push");
    var changes = new ArrayList<RefChange>();
    for (Json change : push.list("changes")) {
      Json now = change.at("new");
      changes.add(
          now.isNull()
              ? RefChange.deleted(cloudRef(change.at("old")))
              : RefChange.of(cloudRef(now), Optional.of(now.at("target").text("hash"))));
    }
    return new HookEvent.Push(cloudRepository(body), changes, push.hasMore("changes"));
  }

  private static String cloudRef(Json ref) throws UnreadableException {
    String name = ref.text("name");
    String type = ref.text("type");
    return switch (type) {
      case "branch", "named_branch" -> "refs/heads/" + name;
      case "tag", "annotated_tag" -> "refs/tags/" + name;
      default ->
          throw new UnreadableException(
              Quoted.of(ref.path() + ".type") + " is " + Quoted.of(type) + ", want branch or tag");
    };
  }

  /// There are no refs of pull requests, and commits are cut to 12 digits: only the branch can be
  /// read, and not that of a fork.
  private static HookEvent cloudPullRequest(Json body) throws UnreadableException {
    RepositoryId repository = cloudRepository(body);
    Json source = body.at("pullrequest").at("source");
    String from = source.at("repository").textIfAny("full_name").orElse("");
    if (!repository.names().contains(from)) {
      return new HookEvent.Other("a pull request of a fork, which this repository does not have");
    }
    return new HookEvent.PullRequest(
        repository,
        RefChange.tip("refs/heads/" + source.at("branch").text("name"), Optional.empty()));
  }

  /// The path in Git URLs has `scm/` before the name where it is read by HTTP.
  private static RepositoryId dataCenterRepository(Json repository) throws UnreadableException {
    String name = repository.at("project").text("key") + "/" + repository.text("slug");
    if (name.length() > RefChange.MOST_CHARACTERS) {
      throw new UnreadableException(Quoted.of(name) + " is no name of a repository");
    }
    var urls = new ArrayList<String>();
    if (!repository.at("links").at("clone").isNull()) {
      for (Json clone : repository.at("links").list("clone")) {
        clone.textIfAny("href").ifPresent(urls::add);
      }
    }
    return new RepositoryId(List.of(name, "scm/" + name), urls);
  }

  private static HookEvent dataCenterPush(Json body) throws UnreadableException {
    var changes = new ArrayList<RefChange>();
    for (Json change : body.list("changes")) {
      String ref = change.text("refId");
      changes.add(
          change.text("type").equals("DELETE")
              ? RefChange.deleted(ref)
              : RefChange.of(ref, Optional.of(change.text("toHash"))));
    }
    return new HookEvent.Push(
        dataCenterRepository(body.at("repository")), changes, body.hasMore("changes"));
  }

  private static HookEvent dataCenterPullRequest(Json body) throws UnreadableException {
    Json request = body.at("pullRequest");
    return new HookEvent.PullRequest(
        dataCenterRepository(request.at("toRef").at("repository")),
        RefChange.tip(
            "refs/pull-requests/" + request.number("id", "a number") + "/from",
            Optional.of(request.at("fromRef").text("latestCommit"))));
  }
}
