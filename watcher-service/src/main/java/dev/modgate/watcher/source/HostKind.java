package dev.modgate.watcher.source;

/// What serves a repository: decides how its webhooks are signed, and how a commit gets its status.
public enum HostKind {
  GITHUB,
  GITLAB,
  /// Gitea and Forgejo.
  GITEA,
  /// Bitbucket Cloud and Data Center.
  BITBUCKET,
  GITEE,
  /// Any other: a webhook signed with HMAC-SHA256, and no commit status.
  GENERIC
}
