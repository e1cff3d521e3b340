package dev.modgate.watcher.notify.send;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.modgate.gomod.quote.Quoted;
import dev.modgate.watcher.host.RetryAfter;
import dev.modgate.watcher.notify.channel.ChannelKind;
import java.net.http.HttpHeaders;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What an answer means, by what each service documents.
///
/// | service | taken | later |
/// |---|---|---|
/// | Standard Webhooks | 2xx | 429, 5xx; 410: never again |
/// | Slack | 200 and `ok` | 429, 5xx |
/// | DingTalk | 200 and `errcode` 0 | 130101 (more than 20 a minute: ten minutes), -1 (busy) |
/// | WeCom | 200 and `errcode` 0 | 45009 (more than 20 a minute), -1 (busy) |
/// | Feishu | 200 and `code` 0 | 11232 and 99991400 (too many) |
///
/// Whatever else is not taken is refused.
///
/// @param receiver its host, for people
/// @param secrets what is never repeated, though the answer may hold it
record Answers(ChannelKind kind, String receiver, Set<String> secrets) {
  private static final Duration DINGTALK_CLOSED = Duration.ofMinutes(10);
  private static final Duration A_MINUTE = Duration.ofMinutes(1);

  Outcome judge(int status, HttpHeaders headers, byte[] body, Instant now) {
    Instant wished = RetryAfter.of(headers, now).orElse(now);
    if (kind == ChannelKind.WEBHOOK && status == 410) {
      return new Outcome.Gone(receiver + " answered 410: it wants nothing any more");
    }
    if (status >= 500 || status == 408 || status == 425 || status == 429) {
      return new Outcome.NotNow(receiver + " answered " + status, wished);
    }
    if (status >= 300 && status < 400) {
      return new Outcome.Refused(
          receiver + " answered " + status + " with a redirect, which is not followed");
    }
    if (status < 200 || status >= 300) {
      return new Outcome.Refused(receiver + " answered " + status + said(text(body)));
    }
    return switch (kind) {
      case WEBHOOK -> new Outcome.Delivered();
      case SLACK -> slack(body);
      case DINGTALK -> coded(body, "errcode", "errmsg", now);
      case WECOM -> coded(body, "errcode", "errmsg", now);
      case FEISHU -> coded(body, "code", "msg", now);
      case EMAIL -> throw new IllegalArgumentException("mail has no HTTP answer");
    };
  }

  private Outcome slack(byte[] body) {
    String text = text(body).strip();
    return text.equals("ok")
        ? new Outcome.Delivered()
        : new Outcome.Refused(receiver + " did not answer \"ok\"" + said(text));
  }

  private Outcome coded(byte[] body, String codeField, String messageField, Instant now) {
    Optional<JsonNode> json = json(body);
    if (json.isEmpty() || !json.get().path(codeField).isIntegralNumber()) {
      return new Outcome.NotNow(
          receiver + " answered 200 without " + codeField + ", which says nothing", now);
    }
    long code = json.get().path(codeField).asLong(-1);
    if (code == 0) {
      return new Outcome.Delivered();
    }
    String sentence =
        receiver
            + " answered "
            + codeField
            + " "
            + code
            + said(json.get().path(messageField).asString(""));
    return later(code)
        .<Outcome>map(wait -> new Outcome.NotNow(sentence, now.plus(wait)))
        .orElseGet(() -> new Outcome.Refused(sentence));
  }

  private Optional<Duration> later(long code) {
    return switch (kind) {
      case DINGTALK -> wait(code, 130_101, DINGTALK_CLOSED);
      case WECOM -> wait(code, 45_009, A_MINUTE);
      case FEISHU ->
          code == 11_232 || code == 99_991_400 ? Optional.of(A_MINUTE) : Optional.empty();
      case WEBHOOK, SLACK, EMAIL -> Optional.empty();
    };
  }

  private static Optional<Duration> wait(long code, long tooMany, Duration wait) {
    return code == tooMany
        ? Optional.of(wait)
        : code == -1 ? Optional.of(Duration.ZERO) : Optional.empty();
  }

  private static Optional<JsonNode> json(byte[] body) {
    try {
      return Optional.of(JsonMapper.shared().readTree(body));
    } catch (JacksonException e) {
      return Optional.empty();
    }
  }

  private static String text(byte[] body) {
    return new String(body, 0, Math.min(body.length, 1_000), UTF_8);
  }

  private static boolean containsIgnoringCase(String text, String part) {
    return text.toLowerCase(Locale.ROOT).contains(part.toLowerCase(Locale.ROOT));
  }

  private String said(String text) {
    String line = text.strip().replaceAll("\\s+", " ");
    boolean tells =
        !line.isEmpty()
            && !line.startsWith("<")
            && secrets.stream().noneMatch(secret -> containsIgnoringCase(line, secret));
    return tells ? ": " + Quoted.of(line) : "";
  }
}
