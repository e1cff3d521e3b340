package dev.modgate.watcher.notify.send;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.Headers;
import dev.modgate.watcher.notify.channel.ChannelKind;
import java.net.URI;
import java.net.URLDecoder;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Base64;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What a real service checks of what is sent to it, and answers, by its documentation; written
/// down without a look at how it is sent.
public sealed interface Service {
  ChannelKind kind();

  /// Of its address, with what lets somebody in.
  String path();

  Answer answer(Request request, Instant now);

  /// @param body as UTF-8
  record Request(String method, URI uri, Headers headers, String body) {
    public JsonNode json() {
      return JsonMapper.shared().readTree(body);
    }

    int bytes() {
      return body.getBytes(UTF_8).length;
    }

    String header(String name) {
      String value = headers.getFirst(name);
      return value == null ? "" : value;
    }

    Map<String, String> query() {
      var query = new HashMap<String, String>();
      String raw = uri.getRawQuery() == null ? "" : uri.getRawQuery();
      for (String pair : raw.split("&", -1)) {
        int equals = pair.indexOf('=');
        query.put(
            pair.substring(0, Math.max(equals, 0)),
            URLDecoder.decode(pair.substring(equals + 1), UTF_8));
      }
      return query;
    }
  }

  /// @param fault why it is not taken
  record Answer(int status, String body, Optional<String> fault) {
    static Answer taken(String body) {
      return new Answer(200, body, Optional.empty());
    }

    static Answer not(int status, String body) {
      return new Answer(status, body, Optional.of(body));
    }

    static Answer errcode(int code, String message) {
      return code(code, "{\"errcode\":%d,\"errmsg\":\"%s\"}", message);
    }

    static Answer feishu(int code, String message) {
      return code(code, "{\"code\":%d,\"msg\":\"%s\",\"data\":{}}", message);
    }

    private static Answer code(int code, String form, String message) {
      String body = form.formatted(code, message);
      return code == 0 ? taken(body) : not(200, body);
    }
  }

  private static String hmac(byte[] key, byte[] text) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      return Base64.getEncoder().encodeToString(mac.doFinal(text));
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private static boolean same(String a, String b) {
    return MessageDigest.isEqual(a.getBytes(UTF_8), b.getBytes(UTF_8));
  }

  private static Optional<JsonNode> parsed(Request request) {
    if (!request.method().equals("POST")
        || !request.header("Content-Type").startsWith("application/json")) {
      return Optional.empty();
    }
    try {
      return Optional.of(request.json());
    } catch (JacksonException e) {
      return Optional.empty();
    }
  }

  private static boolean near(
      String timestamp, Instant now, Duration tolerance, long unitsASecond) {
    return timestamp.matches("\\d{1,15}")
        && Math.abs(Long.parseLong(timestamp) / unitsASecond - now.getEpochSecond())
            <= tolerance.toSeconds();
  }

  /// As the libraries of Standard Webhooks verify.
  ///
  /// @param secrets of which one has to fit
  record StandardWebhooks(List<String> secrets) implements Service {
    @Override
    public ChannelKind kind() {
      return ChannelKind.WEBHOOK;
    }

    @Override
    public String path() {
      return "/hooks/modgate";
    }

    @Override
    public Answer answer(Request request, Instant now) {
      String id = request.header("webhook-id");
      String timestamp = request.header("webhook-timestamp");
      if (id.isEmpty() || id.contains(".")) {
        return Answer.not(400, "webhook-id \"" + id + "\"");
      }
      if (!near(timestamp, now, Duration.ofMinutes(5), 1)) {
        return Answer.not(400, "webhook-timestamp \"" + timestamp + "\"");
      }
      String signed = id + "." + timestamp + "." + request.body();
      boolean known =
          Arrays.stream(request.header("webhook-signature").split(" ", -1))
              .filter(one -> one.startsWith("v1,"))
              .anyMatch(one ->
                  secrets.stream()
                      .map(
                          secret -> Base64.getDecoder().decode(secret.substring("whsec_".length())))
                      .anyMatch(key -> same(one.substring(3), hmac(key, signed.getBytes(UTF_8)))));
      if (!known) {
        return Answer.not(401, "no signature of ours");
      }
      return parsed(request)
          .filter(json ->
              json.path("type").asString("").matches("[a-zA-Z0-9_.]+")
                  && Instant.parse(json.path("timestamp").asString("")).isBefore(now.plusSeconds(1))
                  && json.path("data").isObject())
          .map(_ -> new Answer(204, "", Optional.empty()))
          .orElseGet(() -> Answer.not(400, "no type, timestamp and data"));
    }
  }

  /// An incoming webhook: answers by text.
  record Slack() implements Service {
    @Override
    public ChannelKind kind() {
      return ChannelKind.SLACK;
    }

    @Override
    public String path() {
      return "/services/T000/B000/slacktoken";
    }

    @Override
    public Answer answer(Request request, Instant now) {
      Optional<JsonNode> json = parsed(request);
      if (json.isEmpty()) {
        return Answer.not(400, "invalid_payload");
      }
      String text = json.get().path("text").asString("");
      JsonNode blocks = json.get().path("blocks");
      if (text.isEmpty()) {
        return Answer.not(400, "no_text");
      }
      if (text.length() > 40_000 || blocks.toString().length() > 13_100) {
        return Answer.not(400, "msg_blocks_too_long");
      }
      boolean well =
          blocks.isArray() && blocks.size() <= 50 && blocks.valueStream().allMatch(Slack::isBlock);
      return well ? Answer.taken("ok") : Answer.not(400, "invalid_blocks");
    }

    private static boolean isBlock(JsonNode block) {
      JsonNode text = block.path("text");
      int length = text.path("text").asString("").length();
      return switch (block.path("type").asString("")) {
        case "header" ->
            text.path("type").asString("").equals("plain_text") && length >= 1 && length <= 150;
        case "section" ->
            text.path("type").asString("").equals("mrkdwn") && length >= 1 && length <= 3_000;
        default -> false;
      };
    }
  }

  /// No more than 20 in any minute, or nothing for ten minutes.
  final class Rate {
    private final Deque<Instant> last = new ArrayDeque<>();

    synchronized boolean allows(Instant now) {
      while (!last.isEmpty() && !last.getFirst().isAfter(now.minusSeconds(60))) {
        last.removeFirst();
      }
      if (last.size() >= 20) {
        return false;
      }
      last.addLast(now);
      return true;
    }
  }

  /// A group robot with a signature.
  record DingTalkRobot(String secret, Rate rate) implements Service {
    @Override
    public ChannelKind kind() {
      return ChannelKind.DINGTALK;
    }

    @Override
    public String path() {
      return "/robot/send?access_token=dingtoken";
    }

    @Override
    public Answer answer(Request request, Instant now) {
      Map<String, String> query = request.query();
      String timestamp = query.getOrDefault("timestamp", "");
      if (!"dingtoken".equals(query.get("access_token"))) {
        return Answer.errcode(300_001, "token is not exist");
      }
      String sign = hmac(secret.getBytes(UTF_8), (timestamp + "\n" + secret).getBytes(UTF_8));
      if (!near(timestamp, now, Duration.ofHours(1), 1_000)) {
        return Answer.errcode(310_000, "invalid timestamp");
      }
      if (!same(sign, query.getOrDefault("sign", ""))) {
        return Answer.errcode(310_000, "sign not match");
      }
      if (!rate.allows(now)) {
        return Answer.errcode(130_101, "send too fast, exceed 20 times per minute");
      }
      Optional<JsonNode> json = parsed(request);
      boolean well =
          request.bytes() <= 20_000
              && json.isPresent()
              && json.get().path("msgtype").asString("").equals("markdown")
              && !json.get().path("markdown").path("title").asString("").isEmpty()
              && !json.get().path("markdown").path("text").asString("").isEmpty()
              && !json.get().path("at").path("isAtAll").asBoolean(false);
      return well
          ? Answer.errcode(0, "ok")
          : Answer.errcode(400_105, "unsupported msgtype or too long");
    }
  }

  /// A group robot with a signature.
  record FeishuRobot(String secret) implements Service {
    private static final Set<String> TAGS = Set.of("text", "a");

    @Override
    public ChannelKind kind() {
      return ChannelKind.FEISHU;
    }

    @Override
    public String path() {
      return "/open-apis/bot/v2/hook/feishutoken";
    }

    @Override
    public Answer answer(Request request, Instant now) {
      Optional<JsonNode> json = parsed(request);
      if (json.isEmpty() || request.bytes() > 20 * 1024) {
        return Answer.feishu(9_499, "Bad Request");
      }
      String timestamp = json.get().path("timestamp").asString("");
      String sign = hmac((timestamp + "\n" + secret).getBytes(UTF_8), new byte[0]);
      if (!near(timestamp, now, Duration.ofHours(1), 1)
          || !same(sign, json.get().path("sign").asString(""))) {
        return Answer.feishu(
            19_021, "sign match fail or timestamp is not within one hour from current time");
      }
      JsonNode post = json.get().path("content").path("post");
      boolean well =
          json.get().path("msg_type").asString("").equals("post")
              && post.size() == 1
              && post.properties().stream()
                  .allMatch(language ->
                      Set.of("zh_cn", "en_us").contains(language.getKey())
                          && isPost(language.getValue()));
      return well ? Answer.feishu(0, "success") : Answer.feishu(9_499, "Bad Request");
    }

    private static boolean isPost(JsonNode post) {
      return !post.path("title").asString("").isEmpty()
          && post.path("content").isArray()
          && post.path("content")
              .valueStream()
              .allMatch(line ->
                  line.isArray()
                      && line.valueStream()
                          .allMatch(part ->
                              TAGS.contains(part.path("tag").asString(""))
                                  && !part.path("text").asString("").isEmpty()));
    }
  }

  /// A group robot, known by its key alone.
  record WeComRobot(Rate rate) implements Service {
    @Override
    public ChannelKind kind() {
      return ChannelKind.WECOM;
    }

    @Override
    public String path() {
      return "/cgi-bin/webhook/send?key=wecomtoken";
    }

    @Override
    public Answer answer(Request request, Instant now) {
      if (!"wecomtoken".equals(request.query().get("key"))) {
        return Answer.errcode(93_000, "invalid webhook url");
      }
      if (!rate.allows(now)) {
        return Answer.errcode(45_009, "api freq out of limit");
      }
      Optional<JsonNode> json = parsed(request);
      String content = json.map(j -> j.path("markdown").path("content").asString("")).orElse("");
      if (content.getBytes(UTF_8).length > 4_096) {
        return Answer.errcode(40_058, "markdown.content exceed max length 4096");
      }
      boolean well =
          json.isPresent()
              && json.get().path("msgtype").asString("").equals("markdown")
              && !content.isEmpty();
      return well ? Answer.errcode(0, "ok") : Answer.errcode(40_008, "invalid message type");
    }
  }
}
