/// Whether a delivery comes from who has the secret of its source; decided over the raw bytes,
/// before anybody looks into them.
///
/// | host | header | is | over |
/// |---|---|---|---|
/// | GitHub | `X-Hub-Signature-256` | `sha256=` and hex HMAC-SHA256 | body |
/// | GitLab, signed | `webhook-signature` | `v1,` and base64 HMAC-SHA256; several, blanks between | `webhook-id`, `.`, `webhook-timestamp` (seconds), `.`, body |
/// | GitLab, plain | `X-Gitlab-Token` | the secret | nothing |
/// | Gitea, Forgejo | `X-Forgejo-Signature`, `X-Gitea-Signature` | hex HMAC-SHA256 | body |
/// | Bitbucket | `X-Hub-Signature` | `sha256=` and hex HMAC-SHA256 | body |
/// | Gitee, signed | `X-Gitee-Token` | base64 HMAC-SHA256 | `X-Gitee-Timestamp` (ms), line feed, secret |
/// | Gitee, plain | `X-Gitee-Token` | the secret | nothing |
/// | generic | as declared | hex HMAC-SHA256, with or without `sha256=` | body |
///
/// Each of a source's secrets may have signed. A secret `whsec_…` is what GitLab signs with: base64
/// of the key, never sent in plain, so `X-Gitlab-Token` is not taken for it. Where a stronger
/// header came, nobody looks at a weaker one: with `webhook-signature` not at `X-Gitlab-Token`;
/// SHA-1 is never taken. A header that comes twice counts as one that is wrong. A signed time may
/// differ from ours by five minutes, Gitee's by its hour.
///
/// Neither a host's delivery id (but GitLab's signed one) nor its event header is signed. So both
/// are hints, like all of the payload: who repeats a signed body under another id has a commit read
/// that was read before, which is nothing.
@NullMarked
package dev.modgate.watcher.hook.signature;

import org.jspecify.annotations.NullMarked;
