package dev.modgate.watcher.notify.message;

import java.util.stream.Collectors;

/// How a line is written where text may hold markup.
public enum Markup {
  PLAIN {
    @Override
    String write(Line.Part part) {
      return switch (part) {
        case Line.Part.Text(var text) -> text;
        case Line.Part.Strong(var text) -> text;
        case Line.Part.Foreign(var text) -> text;
        case Line.Part.Link(var text, var to) -> text + " " + to;
      };
    }
  },
  HTML {
    @Override
    String write(Line.Part part) {
      return switch (part) {
        case Line.Part.Text(var text) -> entities(text);
        case Line.Part.Strong(var text) -> "<strong>" + entities(text) + "</strong>";
        case Line.Part.Foreign(var text) -> entities(text);
        case Line.Part.Link(var text, var to) ->
            "<a href=\"" + entities(to.toString()) + "\">" + entities(text) + "</a>";
      };
    }
  },
  /// Slack's mrkdwn.
  SLACK {
    @Override
    String write(Line.Part part) {
      return switch (part) {
        case Line.Part.Text(var text) -> slack(text);
        case Line.Part.Strong(var text) -> "*" + slack(text.strip()) + "*" + spaceBehind(text);
        case Line.Part.Foreign(var text) -> slack(Inert.slack(text));
        case Line.Part.Link(var text, var to) ->
            "<" + slack(to.toString()).replace("|", "%7C") + "|" + slack(text) + ">";
      };
    }
  },
  /// Of DingTalk and WeCom.
  MARKDOWN {
    @Override
    String write(Line.Part part) {
      return switch (part) {
        case Line.Part.Text(var text) -> text;
        case Line.Part.Strong(var text) -> "**" + text.strip() + "**" + spaceBehind(text);
        case Line.Part.Foreign(var text) -> Inert.markdown(text);
        case Line.Part.Link(var text, var to) ->
            "[" + text + "](" + to.toString().replace("(", "%28").replace(")", "%29") + ")";
      };
    }
  };

  abstract String write(Line.Part part);

  public String write(Line line) {
    return line.parts().stream().map(this::write).collect(Collectors.joining());
  }

  /// Markup ends at a word, or it is none.
  private static String spaceBehind(String text) {
    return text.endsWith(" ") ? " " : "";
  }

  private static String slack(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }

  private static String entities(String text) {
    return slack(text).replace("\"", "&quot;").replace("'", "&#39;");
  }
}
