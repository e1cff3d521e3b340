/// How messages are sent: shape and signature as each service documents them, and what it means by
/// its answer ({@link dev.modgate.watcher.notify.send.Answers}).
///
/// | kind | shape | known by | at most | source |
/// |---|---|---|---|---|
/// | webhook | JSON `type`, `timestamp`, `data.events` | `webhook-id`, `webhook-timestamp` (seconds), `webhook-signature`: `v1,` and base64 of HMAC-SHA256 over `id.timestamp.body`, one a secret, a space between; the key is what stands in base64 behind `whsec_`, 24 to 64 bytes | | standard-webhooks/standard-webhooks, spec/standard-webhooks.md 1.0.0 |
/// | slack | `text` and `blocks` (a header, sections of mrkdwn) | the URL | 3,000 characters a section, 150 a header, 50 blocks; one message a second | docs.slack.dev: reference/block-kit/composition-objects/text-object, apis/web-api/rate-limits |
/// | dingtalk | `msgtype` markdown: `title`, `text`; `at.isAtAll` false | `timestamp` (milliseconds) and `sign` in the query: base64 of HMAC-SHA256 over `timestamp\nsecret` by the secret, URL-encoded | 20,000 bytes; 20 messages a minute, else ten minutes none | open.dingtalk.com/document/group/custom-robot-access |
/// | feishu | `msg_type` post: `content.post.en_us` or `zh_cn`, `title`, `content` | `timestamp` (seconds) and `sign` in the body: base64 of HMAC-SHA256 over nothing, by the key `timestamp\nsecret` | 20 KB; 100 messages a minute, 5 a second | open.feishu.cn: "Custom bot usage guide"; larkoffice.com/document/ukTMukTMukTM/uUzN04SN3QjL1cDN (rates, 11232) |
/// | wecom | `msgtype` markdown: `content` | the URL | 4,096 bytes of UTF-8; 20 messages a minute | developer.work.weixin.qq.com/document/path/91770 |
/// | email | multipart/alternative: text and HTML | SMTP AUTH, within TLS | | RFC 5321, RFC 3207 (STARTTLS) |
///
/// No redirect is followed, no more than 64 KiB of an answer is read, and each answer has a time.
@NullMarked
package dev.modgate.watcher.notify.send;

import org.jspecify.annotations.NullMarked;
