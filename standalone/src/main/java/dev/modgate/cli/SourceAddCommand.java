package dev.modgate.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

@Command(
    name = "add",
    description = "Adds a source, or changes one that was added before.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "REF is env:NAME or file:/PATH: where the secret is, as the watcher sees it.",
      "Example: modgate source add payments --git https://git.example.com/pay/api.git --host gitlab"
          + " --secret-file payments.secret"
    })
final class SourceAddCommand implements Callable<Integer> {
  @Mixin SourceCommand.Name name = new SourceCommand.Name();

  @Option(
      names = "--git",
      paramLabel = "URL",
      description = "the repository: https://, ssh://, user@host:path or file:///")
  @Nullable String git;

  @Option(
      names = "--host",
      paramLabel = "KIND",
      description =
          "what serves it: github, gitlab, gitea, bitbucket, gitee or generic (default: by the URL)")
  @Nullable String host;

  @Option(
      names = "--secret-file",
      paramLabel = "FILE",
      description = "file with the webhook's secret; twice while one takes the place of another")
  List<Path> secretFiles = List.of();

  @Option(names = "--secret", paramLabel = "REF", description = "the same by reference")
  List<String> secrets = List.of();

  @Option(names = "--no-webhook", description = "take no webhook: polls alone")
  boolean noWebhook;

  @Option(
      names = "--branch",
      paramLabel = "PATTERN",
      description = "which branches: * without \"/\", ** anything (default: all)")
  List<String> branches = List.of();

  @Option(names = "--tag", paramLabel = "PATTERN", description = "which tags (default: v*)")
  List<String> tags = List.of();

  @Option(
      names = "--folder",
      paramLabel = "DIR",
      description = "folder of the tree to look in (default: everywhere)")
  List<String> folders = List.of();

  @Option(
      names = "--poll",
      paramLabel = "TIME",
      description = "how often its refs are looked at (default: 5m; 0s: never)")
  @Nullable String poll;

  @Option(
      names = "--depth",
      paramLabel = "HOW",
      description = "what of go.sum comes whole: build, tests or graph (default: build)")
  @Nullable String depth;

  @Option(names = "--pull-requests", description = "sync commits of pull requests too")
  boolean pullRequests;

  @Option(
      names = "--group",
      paramLabel = "PATH",
      description = "all repositories of this group or organisation; --git is what stands before")
  @Nullable String group;

  @Option(names = "--include", paramLabel = "PATTERN", description = "which of the group")
  List<String> include = List.of();

  @Option(names = "--exclude", paramLabel = "PATTERN", description = "which not")
  List<String> exclude = List.of();

  @Option(
      names = "--agent",
      paramLabel = "NAME",
      description = "the agent inside that reads the repository, in place of --git")
  @Nullable String agent;

  @Option(
      names = "--git-credential",
      paramLabel = "REF",
      description = "user:password or a token for Git, by reference")
  @Nullable String gitCredential;

  @Option(names = "--ssh-key", paramLabel = "FILE", description = "private key for ssh")
  @Nullable Path sshKey;

  @Option(names = "--known-hosts", paramLabel = "FILE", description = "host keys that are trusted")
  @Nullable Path knownHosts;

  @Option(names = "--ca-file", paramLabel = "FILE", description = "further CAs for https, PEM")
  @Nullable Path caFile;

  @Option(
      names = "--api",
      paramLabel = "URL",
      description = "root of the host's API (default: by the URL)")
  @Nullable String apiUrl;

  @Option(
      names = "--api-token",
      paramLabel = "REF",
      description = "token for commit statuses and groups, by reference")
  @Nullable String apiToken;

  @Option(names = "--label", paramLabel = "KEY=VALUE", description = "for people")
  Map<String, String> labels = Map.of();

  @Option(names = "--owner", paramLabel = "TEAM", description = "for people")
  @Nullable String owner;

  @Mixin ApiOptions api = new ApiOptions();
  @Mixin Options.Json json = new Options.Json();

  @Override
  public Integer call() {
    ApiClient client = api.client();
    JsonNode source = client.put(name.path(), declaration());
    if (json.on) {
      System.out.println(Output.json(source));
    } else {
      new SourceReport(System.out).added(source, client.base());
    }
    return ExitCode.DONE.code();
  }

  private ObjectNode declaration() {
    var body = JsonMapper.shared().createObjectNode();
    text(body, "git", git);
    text(body, "host", host);
    text(body, "group", group);
    list(body, "include", include);
    list(body, "exclude", exclude);
    text(body, "agent", agent);
    if (noWebhook) {
      body.put("webhook", false);
    }
    var references = new ArrayList<String>();
    secretFiles.forEach(file -> references.add("file:" + file.toAbsolutePath().normalize()));
    references.addAll(secrets);
    list(body, "secrets", references);
    text(body, "gitCredential", gitCredential);
    file(body, "sshKey", sshKey);
    file(body, "knownHosts", knownHosts);
    file(body, "caFile", caFile);
    text(body, "api", apiUrl);
    text(body, "apiToken", apiToken);
    list(body, "branches", branches);
    list(body, "tags", tags);
    list(body, "folders", folders);
    text(body, "depth", depth);
    if (pullRequests) {
      body.put("pullRequests", true);
    }
    text(body, "poll", poll);
    if (!labels.isEmpty()) {
      var all = body.putObject("labels");
      labels.forEach(all::put);
    }
    text(body, "owner", owner);
    return body;
  }

  private static void text(ObjectNode body, String key, @Nullable String value) {
    if (value != null) {
      body.put(key, value);
    }
  }

  private static void file(ObjectNode body, String key, @Nullable Path value) {
    text(body, key, value == null ? null : value.toAbsolutePath().normalize().toString());
  }

  private static void list(ObjectNode body, String key, List<String> values) {
    if (!values.isEmpty()) {
      var all = body.putArray(key);
      values.forEach(all::add);
    }
  }
}
