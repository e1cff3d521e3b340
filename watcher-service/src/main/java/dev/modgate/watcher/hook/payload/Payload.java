package dev.modgate.watcher.hook.payload;

import dev.modgate.watcher.hook.signature.HookHeaders;
import dev.modgate.watcher.source.HostKind;
import java.util.Locale;

/// What a kind of host sends.
public sealed interface Payload
    permits GithubPayload, GitlabPayload, BitbucketPayload, GiteePayload, GenericPayload {

  /// Of an authentic delivery.
  static HookEvent read(HostKind host, HookHeaders headers, byte[] body) {
    String type = headers.get("Content-Type").orElse("").toLowerCase(Locale.ROOT);
    if (type.startsWith("application/x-www-form-urlencoded")) {
      return new HookEvent.Unreadable(
          "the body is a form; let the host send it as application/json");
    }
    try {
      return of(host).event(headers, Json.parse(body));
    } catch (UnreadableException e) {
      return new HookEvent.Unreadable(String.valueOf(e.getMessage()));
    }
  }

  private static Payload of(HostKind host) {
    return switch (host) {
      case GITHUB -> GithubPayload.GITHUB;
      case GITEA -> GithubPayload.GITEA;
      case GITLAB -> new GitlabPayload();
      case BITBUCKET -> new BitbucketPayload();
      case GITEE -> new GiteePayload();
      case GENERIC -> new GenericPayload();
    };
  }

  /// @throws UnreadableException when it is not what the host sends
  HookEvent event(HookHeaders headers, Json body) throws UnreadableException;
}
