package dev.modgate.watcher.notify.send;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.modgate.watcher.notify.channel.Language;
import dev.modgate.watcher.notify.message.Draft;
import dev.modgate.watcher.notify.message.Line;
import dev.modgate.watcher.notify.message.Markup;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// What the chats take, each within the length that it documents.
final class ChatBodies {
  /// Of one section; 3,000 by the documentation of text objects.
  private static final int SLACK_SECTION = 2_900;

  /// Of all blocks together. Undocumented: what Slack refuses as `msg_blocks_too_long` begins at
  /// about 13,000.
  private static final int SLACK_BLOCKS = 12_000;

  /// Blocks in one message are 50 at most; a title and a last line are two.
  private static final int SLACK_ENTRIES = 48;

  private static final int SLACK_HEADER = 150;
  private static final int SLACK_TEXT = 3_500;

  /// Bytes; 20,000 for all of it.
  private static final int DINGTALK_BODY = 19_500;

  /// Bytes; 20 KB for all of it.
  private static final int FEISHU_BODY = 19_500;

  /// Bytes of `content`.
  private static final int WECOM_CONTENT = 4_096;

  private ChatBodies() {}

  static byte[] slack(Draft whole) {
    return bytes(
        whole
            .naming(SLACK_ENTRIES)
            .fit(ChatBodies::slackNode, ChatBodies::lengthOfBlocks, SLACK_BLOCKS));
  }

  private static ObjectNode slackNode(Draft draft) {
    ObjectNode body = JsonMapper.shared().createObjectNode();
    body.put("text", slackText(draft));
    ArrayNode blocks = body.putArray("blocks");
    ObjectNode header = blocks.addObject().put("type", "header");
    header
        .putObject("text")
        .put("type", "plain_text")
        .put("text", cut(Markup.PLAIN.write(draft.title()), SLACK_HEADER))
        .put("emoji", false);
    draft.entries().forEach(lines -> slackSection(blocks, slackEntry(lines)));
    draft.rest().ifPresent(line -> slackSection(blocks, Markup.SLACK.write(line)));
    return body;
  }

  /// For notifications, and for services that know no blocks.
  private static String slackText(Draft draft) {
    var text = new StringBuilder(Markup.SLACK.write(draft.title()));
    for (List<Line> lines : draft.entries()) {
      String entry = slackEntry(lines);
      if (text.length() + entry.length() > SLACK_TEXT) {
        break;
      }
      text.append("\n\n").append(entry);
    }
    return text.toString();
  }

  private static String slackEntry(List<Line> lines) {
    var kept = new ArrayList<String>();
    int length = 0;
    for (Line line : lines) {
      String written = Markup.SLACK.write(line);
      if (length + written.length() + 1 <= SLACK_SECTION) {
        kept.add(written);
        length += written.length() + 1;
      }
    }
    return String.join("\n", kept);
  }

  private static void slackSection(ArrayNode blocks, String text) {
    blocks
        .addObject()
        .put("type", "section")
        .putObject("text")
        .put("type", "mrkdwn")
        .put("text", text)
        .put("verbatim", true);
  }

  private static int lengthOfBlocks(ObjectNode body) {
    return body.path("blocks").toString().length();
  }

  static byte[] dingtalk(Draft whole) {
    return whole.fit(
        draft -> {
          ObjectNode body = JsonMapper.shared().createObjectNode().put("msgtype", "markdown");
          body.putObject("markdown")
              .put("title", Markup.PLAIN.write(draft.title()))
              .put("text", markdown(draft, "\n\n", "\n\n---\n\n"));
          body.putObject("at").put("isAtAll", false);
          return bytes(body);
        },
        body -> body.length,
        DINGTALK_BODY);
  }

  static byte[] wecom(Draft whole) {
    String content =
        whole.fit(
            draft -> markdown(draft, "\n", "\n\n"),
            text -> text.getBytes(UTF_8).length,
            WECOM_CONTENT);
    ObjectNode body = JsonMapper.shared().createObjectNode().put("msgtype", "markdown");
    body.putObject("markdown").put("content", content);
    return bytes(body);
  }

  private static String markdown(Draft draft, String newLine, String between) {
    var parts = new ArrayList<String>();
    parts.add("### " + Markup.MARKDOWN.write(draft.title()));
    draft
        .entries()
        .forEach(lines ->
            parts.add(
                lines.stream().map(Markup.MARKDOWN::write).collect(Collectors.joining(newLine))));
    draft.rest().ifPresent(line -> parts.add(Markup.MARKDOWN.write(line)));
    return String.join(between, parts);
  }

  /// @param signature null for a robot that checks none
  static byte[] feishu(Draft whole, Feishu.@org.jspecify.annotations.Nullable Signature signature) {
    return whole.fit(
        draft -> {
          ObjectNode body = JsonMapper.shared().createObjectNode();
          if (signature != null) {
            body.put("timestamp", signature.timestamp()).put("sign", signature.sign());
          }
          body.put("msg_type", "post");
          body.putObject("content").putObject("post").set(feishuLanguage(draft), feishuPost(draft));
          return bytes(body);
        },
        body -> body.length,
        FEISHU_BODY);
  }

  private static String feishuLanguage(Draft draft) {
    return draft.language() == Language.ZH ? "zh_cn" : "en_us";
  }

  private static ObjectNode feishuPost(Draft draft) {
    ObjectNode post = JsonMapper.shared().createObjectNode();
    post.put("title", Markup.PLAIN.write(draft.title()));
    ArrayNode content = post.putArray("content");
    for (List<Line> lines : draft.entries()) {
      if (!content.isEmpty()) {
        content.addArray().addObject().put("tag", "text").put("text", " ");
      }
      lines.forEach(line -> feishuLine(content.addArray(), line));
    }
    draft.rest().ifPresent(line -> feishuLine(content.addArray(), line));
    return post;
  }

  private static void feishuLine(ArrayNode out, Line line) {
    for (Line.Part part : line.parts()) {
      switch (part) {
        case Line.Part.Text(var text) -> out.addObject().put("tag", "text").put("text", text);
        case Line.Part.Strong(var text) -> out.addObject().put("tag", "text").put("text", text);
        case Line.Part.Foreign(var text) -> out.addObject().put("tag", "text").put("text", text);
        case Line.Part.Link(var text, var to) ->
            out.addObject().put("tag", "a").put("text", text).put("href", to.toString());
      }
    }
  }

  private static String cut(String text, int most) {
    return text.length() <= most ? text : text.substring(0, most - 1) + "…";
  }

  private static byte[] bytes(ObjectNode body) {
    return Hmac.utf8(JsonMapper.shared().writeValueAsString(body)); // takes half a character too
  }
}
