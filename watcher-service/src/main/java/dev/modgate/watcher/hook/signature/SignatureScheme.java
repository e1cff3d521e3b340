package dev.modgate.watcher.hook.signature;

import dev.modgate.watcher.source.HostKind;
import dev.modgate.watcher.source.Source;
import java.time.Instant;
import java.util.List;

/// How a host signs.
public sealed interface SignatureScheme permits BodySignature, GitlabSignature, GiteeSignature {

  /// In a time that says nothing about the secrets.
  ///
  /// @param secrets one or two, of which either may have signed
  Authenticity check(HookHeaders headers, byte[] body, List<String> secrets, Instant now);

  static SignatureScheme of(HostKind host, Source.Webhook webhook) {
    return switch (host) {
      case GITHUB ->
          new BodySignature(
              List.of("X-Hub-Signature-256"),
              BodySignature.Prefix.WANTED,
              List.of("X-GitHub-Delivery"));
      case GITLAB -> new GitlabSignature();
      case GITEA ->
          new BodySignature(
              List.of("X-Forgejo-Signature", "X-Gitea-Signature"),
              BodySignature.Prefix.NONE,
              List.of("X-Forgejo-Delivery", "X-Gitea-Delivery"));
      case BITBUCKET ->
          new BodySignature(
              List.of("X-Hub-Signature"),
              BodySignature.Prefix.WANTED,
              List.of("X-Request-UUID", "X-Request-Id"));
      case GITEE -> new GiteeSignature();
      case GENERIC ->
          new BodySignature(
              List.of(webhook.signatureHeader()),
              BodySignature.Prefix.ALLOWED,
              List.of(webhook.deliveryHeader()));
    };
  }
}
