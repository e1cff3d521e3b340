/// What an authentic delivery says: which refs of which repository moved.
///
/// A payload is a hint. Of its JSON only fields of a few names are kept, all else is skipped while
/// it is read; each may be missing, `null`, or of any type. Its URLs are compared with those of the
/// source, and never fetched.
///
/// | host | event in | push | tag | pull request | release | ping |
/// |---|---|---|---|---|---|---|
/// | GitHub | `X-GitHub-Event` | `push` | `push`, `create` | `pull_request` | `release` | `ping` |
/// | Gitea, Forgejo | `X-Gitea-Event`, `X-Forgejo-Event` | the same | the same | the same | the same | |
/// | GitLab | `object_kind`, of system hooks `event_name` | `push` | `tag_push` | `merge_request` | `release` | |
/// | Bitbucket Cloud | `X-Event-Key` | `repo:push` | the same | `pullrequest:created`, `…:updated` | | |
/// | Bitbucket Data Center | `X-Event-Key` | `repo:refs_changed` | the same | `pr:opened`, `pr:reopened`, `pr:from_ref_updated` | | `diagnostics:ping` |
/// | Gitee | `X-Gitee-Event` | `Push Hook` | `Tag Push Hook` | `Merge Request Hook` | | `X-Gitee-Ping: true` |
///
/// A test of GitLab or Gitea looks like a push, and is taken as one.
///
/// # Generic
///
/// Any other host, or a `post-receive` hook, sends a JSON object:
///
/// ```json
/// {"repository": "pay/api", "ref": "refs/heads/main", "after": "6113728f27ae82c7b1a177c8d03f9e96e0adf246"}
/// ```
///
/// `repository` is a name, or an object with `full_name`; a source that is one repository needs
/// none. `after` may be missing: then what the ref names is read; forty zeros say that it was
/// deleted. Several refs stand in `changes`, a list of objects with `ref` and `after`. `{"event":
/// "ping"}` is a ping.
@NullMarked
package dev.modgate.watcher.hook.payload;

import org.jspecify.annotations.NullMarked;
