package dev.modgate.watcher.host;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// How each API is told the status of a commit.
final class StatusRequests {
  private StatusRequests() {}

  /// @param commit its id in hex
  /// @param known the API's answer to [#asksBefore], where there is one
  static HostRequest of(
      HostApi api, RepositoryPath named, String commit, CommitStatus status, JsonNode known) {
    RepositoryPath repository = named.at(api);
    return switch (api.dialect()) {
      case GITHUB, GITEA ->
          post(
              "repos/" + repository + "/statuses/" + commit,
              plain(status, status.state().name().toLowerCase(Locale.ROOT)));
      case GITLAB ->
          post(
              "projects/" + repository.encoded() + "/statuses/" + commit,
              plain(status, gitlab(status.state())));
      case BITBUCKET_CLOUD ->
          post(
              "repositories/" + repository + "/commit/" + commit + "/statuses/build",
              build(status));
      case BITBUCKET_DATA_CENTER ->
          post(
              "projects/"
                  + repository.names().getFirst()
                  + "/repos/"
                  + repository.names().getLast()
                  + "/commits/"
                  + commit
                  + "/builds",
              build(status));
      case GITEE -> checkRun(repository, commit, status, known);
    };
  }

  /// What has to be known first; empty where nothing has.
  static Optional<HostRequest> asksBefore(HostApi api, RepositoryPath named, String commit) {
    return api.dialect() == HostApi.Dialect.GITEE
        ? Optional.of(
            HostRequest.get(
                "repos/"
                    + named.at(api)
                    + "/commits/"
                    + commit
                    + "/check-runs?per_page=100&check_name="
                    + CommitStatus.CONTEXT))
        : Optional.empty();
  }

  /// GitLab refuses a status that the commit has already.
  static boolean saysThatItIsThere(HostApi api, CommitStatus status, HostAnswer.Refused refused) {
    return api.dialect() == HostApi.Dialect.GITLAB
        && refused.status() == 400
        && refused.sentence().contains("Cannot transition status via")
        && (refused.sentence().contains("from :" + gitlab(status.state()))
            || (status.state() == CommitStatus.State.PENDING
                && refused.sentence().contains("from :running")));
  }

  private static Map<String, Object> plain(CommitStatus status, String state) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("state", state);
    json.put("target_url", status.link().toString());
    json.put("description", status.description());
    json.put("context", CommitStatus.CONTEXT);
    return json;
  }

  private static String gitlab(CommitStatus.State state) {
    return switch (state) {
      case PENDING -> "pending";
      case SUCCESS -> "success";
      case FAILURE -> "failed";
    };
  }

  private static Map<String, Object> build(CommitStatus status) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put(
        "state",
        switch (status.state()) {
          case PENDING -> "INPROGRESS";
          case SUCCESS -> "SUCCESSFUL";
          case FAILURE -> "FAILED";
        });
    json.put("key", CommitStatus.CONTEXT);
    json.put("name", CommitStatus.CONTEXT);
    json.put("url", status.link().toString());
    json.put("description", status.description());
    return json;
  }

  private static HostRequest checkRun(
      RepositoryPath repository, String commit, CommitStatus status, JsonNode known) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("name", CommitStatus.CONTEXT);
    json.put("head_sha", commit);
    json.put("details_url", status.link().toString());
    switch (status.state()) {
      case PENDING -> json.put("status", "in_progress");
      case SUCCESS -> completed(json, "success");
      case FAILURE -> completed(json, "failure");
    }
    json.put("output", Map.of("title", status.description(), "summary", status.description()));
    String runs = "repos/" + repository + "/check-runs";
    return openRun(known)
        .map(run -> new HostRequest("PATCH", runs + "/" + run, Optional.of(text(json))))
        .orElseGet(() -> post(runs, json));
  }

  private static void completed(Map<String, Object> json, String conclusion) {
    json.put("status", "completed");
    json.put("conclusion", conclusion);
  }

  private static Optional<Long> openRun(JsonNode known) {
    for (JsonNode run : known.path("check_runs")) {
      if (CommitStatus.CONTEXT.equals(run.path("name").asString(""))
          && !"completed".equals(run.path("status").asString(""))
          && run.path("id").isIntegralNumber()) {
        return Optional.of(run.path("id").asLong());
      }
    }
    return Optional.empty();
  }

  private static HostRequest post(String path, Map<String, Object> json) {
    return new HostRequest("POST", path, Optional.of(text(json)));
  }

  private static String text(Map<String, Object> json) {
    return JsonMapper.shared().writeValueAsString(json);
  }
}
