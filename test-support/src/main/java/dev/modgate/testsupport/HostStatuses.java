package dev.modgate.testsupport;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The statuses of commits that a [FakeHost] has.
final class HostStatuses {
  private static final String SHA = "([0-9a-f]{40}|[0-9a-f]{64})";
  private static final Pattern PLAIN =
      Pattern.compile("api/v[31]/repos/([^/]+/[^/]+)/statuses/" + SHA);
  private static final Pattern GITLAB = Pattern.compile("api/v4/projects/([^/]+)/statuses/" + SHA);
  private static final Pattern CLOUD =
      Pattern.compile("2\\.0/repositories/([^/]+/[^/]+)/commit/" + SHA + "/statuses/build");
  private static final Pattern DATA_CENTER =
      Pattern.compile("rest/api/1\\.0/projects/([^/]+)/repos/([^/]+)/commits/" + SHA + "/builds");
  private static final Pattern RUNS =
      Pattern.compile("api/v5/repos/([^/]+/[^/]+)/commits/" + SHA + "/check-runs(\\?.*)?");
  private static final Pattern RUN =
      Pattern.compile("api/v5/repos/([^/]+/[^/]+)/check-runs(/(\\d+))?");

  private final List<FakeHost.Status> all = new CopyOnWriteArrayList<>();
  private final AtomicLong runs = new AtomicLong();
  private final Map<Long, FakeHost.Status> byRun = new ConcurrentHashMap<>();

  List<FakeHost.Status> all() {
    return List.copyOf(all);
  }

  Optional<FakeHost.Answer> answer(FakeHost.Seen request) {
    String path = request.path();
    Matcher plain = PLAIN.matcher(path);
    if (plain.matches()) {
      return Optional.of(
          take(request, "target_url", "context", plain.group(1), plain.group(2), 201));
    }
    Matcher gitlab = GITLAB.matcher(path);
    if (gitlab.matches()) {
      return Optional.of(gitlab(request, gitlab.group(1).replace("%2F", "/"), gitlab.group(2)));
    }
    Matcher cloud = CLOUD.matcher(path);
    if (cloud.matches()) {
      return Optional.of(take(request, "url", "key", cloud.group(1), cloud.group(2), 201));
    }
    Matcher center = DATA_CENTER.matcher(path);
    if (center.matches()) {
      String repository = center.group(1) + "/" + center.group(2);
      return Optional.of(take(request, "url", "key", repository, center.group(3), 204));
    }
    return gitee(request);
  }

  private FakeHost.Answer take(
      FakeHost.Seen request, String url, String key, String repository, String commit, int done) {
    JsonNode json = JsonMapper.shared().readTree(request.body());
    if (!request.method().equals("POST") || json.path("state").asString("").isEmpty()) {
      return FakeHost.Answer.error(422, "Validation Failed");
    }
    all.add(
        new FakeHost.Status(
            repository,
            commit,
            json.path("state").asString(),
            json.path("description").asString(""),
            json.path(url).asString(""),
            json.path(key).asString("")));
    return FakeHost.Answer.of(done, done == 204 ? "" : "{\"id\":1}");
  }

  /// Refuses the state that the commit has, as GitLab does.
  private FakeHost.Answer gitlab(FakeHost.Seen request, String repository, String commit) {
    String state = JsonMapper.shared().readTree(request.body()).path("state").asString("");
    boolean there =
        all.reversed().stream()
            .filter(s -> s.repository().equals(repository) && s.commit().equals(commit))
            .findFirst()
            .filter(s -> s.state().equals(state))
            .isPresent();
    return there
        ? FakeHost.Answer.error(400, "Cannot transition status via :enqueue from :" + state)
        : take(request, "target_url", "context", repository, commit, 201);
  }

  private Optional<FakeHost.Answer> gitee(FakeHost.Seen request) {
    Matcher list = RUNS.matcher(request.path());
    if (list.matches() && request.method().equals("GET")) {
      return Optional.of(FakeHost.Answer.of(200, runs(list.group(1), list.group(2))));
    }
    Matcher run = RUN.matcher(request.path());
    if (!run.matches()) {
      return Optional.empty();
    }
    boolean update = request.method().equals("PATCH");
    if (update != (run.group(3) != null)) {
      return Optional.of(FakeHost.Answer.error(405, "Method Not Allowed"));
    }
    long id = update ? Long.parseLong(run.group(3)) : runs.incrementAndGet();
    if (update && !(byRun.containsKey(id) && byRun.get(id).state().equals("in_progress"))) {
      return Optional.of(FakeHost.Answer.error(422, "the conclusion can't be changed"));
    }
    JsonNode json = JsonMapper.shared().readTree(request.body());
    String state = json.path("conclusion").asString(json.path("status").asString(""));
    var status =
        new FakeHost.Status(
            run.group(1),
            json.path("head_sha").asString(""),
            state,
            json.path("output").path("title").asString(""),
            json.path("details_url").asString(""),
            json.path("name").asString(""));
    byRun.put(id, status);
    all.add(status);
    return Optional.of(FakeHost.Answer.of(update ? 200 : 201, "{\"id\":" + id + "}"));
  }

  private String runs(String repository, String commit) {
    var json = JsonMapper.shared().createObjectNode();
    var list = json.putArray("check_runs");
    byRun.forEach((id, status) -> {
      if (status.repository().equals(repository) && status.commit().equals(commit)) {
        boolean open = status.state().equals("in_progress");
        list.addObject()
            .put("id", id)
            .put("name", status.key())
            .put("status", open ? "in_progress" : "completed");
      }
    });
    return json.put("total_count", list.size()).toString();
  }
}
