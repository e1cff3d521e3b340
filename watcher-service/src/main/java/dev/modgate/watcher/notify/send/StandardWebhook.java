package dev.modgate.watcher.notify.send;

import dev.modgate.pipeline.event.EventJson;
import dev.modgate.watcher.happening.EventKind;
import dev.modgate.watcher.happening.Happening;
import dev.modgate.watcher.notify.message.Concerned;
import dev.modgate.watcher.notify.message.Message;
import dev.modgate.watcher.notify.message.Told;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// The body and the headers of <https://www.standardwebhooks.com>. What a program reads names every
/// event, in the order in which they happened.
final class StandardWebhook {
  private static final String PREFIX = "whsec_";
  private static final int LEAST_KEY = 24;
  private static final int MOST_KEY = 64;

  private StandardWebhook() {}

  /// @throws IllegalArgumentException when it is no `whsec_` secret; the text is not repeated
  static byte[] key(String secret) {
    String base64 = secret.startsWith(PREFIX) ? secret.substring(PREFIX.length()) : "";
    byte[] key;
    try {
      key = Base64.getDecoder().decode(base64);
    } catch (IllegalArgumentException e) {
      key = new byte[0];
    }
    if (key.length < LEAST_KEY || key.length > MOST_KEY) {
      throw new IllegalArgumentException(
          "is no secret of Standard Webhooks, want whsec_ and 24 to 64 bytes in base64");
    }
    return key;
  }

  /// @param keys each signs
  static Map<String, String> headers(String id, byte[] body, List<byte[]> keys, Instant now) {
    String head = id + "." + now.getEpochSecond() + ".";
    byte[] start = Hmac.utf8(head);
    var signed = new byte[start.length + body.length];
    System.arraycopy(start, 0, signed, 0, start.length);
    System.arraycopy(body, 0, signed, start.length, body.length);
    var headers = new LinkedHashMap<String, String>();
    headers.put("webhook-id", id);
    headers.put("webhook-timestamp", Long.toString(now.getEpochSecond()));
    headers.put(
        "webhook-signature",
        String.join(" ", keys.stream().map(key -> "v1," + Hmac.base64(key, signed)).toList()));
    return headers;
  }

  static byte[] body(Message message) {
    ObjectNode body = JsonMapper.shared().createObjectNode();
    body.put("type", "modgate.events");
    body.put("timestamp", message.oldest().toString());
    var events = body.putObject("data").putArray("events");
    message.events().forEach(told -> events.add(event(told, message)));
    return Hmac.utf8(JsonMapper.shared().writeValueAsString(body)); // takes half a character too
  }

  private static ObjectNode event(Told told, Message message) {
    Happening happening = told.happening();
    ObjectNode event = JsonMapper.shared().createObjectNode();
    event.put("type", type(happening));
    event.put("at", told.at().toString());
    event.put("security", happening.kinds().contains(EventKind.SECURITY));
    switch (happening) {
      case Happening.SyncEnded sync -> sync(event, sync);
      case Happening.ModuleRefused refused -> {
        event.put("module", refused.module().toString());
        event.put("want", refused.want().name().toLowerCase(Locale.ROOT));
        event.put("stage", EventJson.wireName(refused.stage()));
        event.put("reason", EventJson.wireName(refused.reason()));
        event.put("sentence", refused.sentence());
      }
      case Happening.StageStopped stopped -> {
        event.put("stage", EventJson.wireName(stopped.stage()));
        event.put("sentence", stopped.sentence());
      }
      case Happening.Trial _ -> {}
    }
    concerned(event, told.concerned());
    event.put("link", message.composer().link(happening).toString());
    return event;
  }

  private static void sync(ObjectNode event, Happening.SyncEnded sync) {
    event.put("sync", sync.sync());
    event.put("label", sync.label());
    event.put("total", sync.total());
    event.put("inside", sync.inside());
    event.put("refused", sync.refused());
    event.put("contradicted", sync.contradicted());
    event.put("absent", sync.absent());
    event.put("givenUp", sync.gaveUp());
    var problems = event.putArray("problems");
    for (Happening.Problem problem : sync.problems()) {
      problems
          .addObject()
          .put("module", problem.module())
          .put("reason", problem.reason())
          .put("sentence", problem.sentence());
    }
  }

  private static void concerned(ObjectNode event, Concerned concerned) {
    var syncs = event.putArray("syncs");
    for (Concerned.Sync sync : concerned.syncs()) {
      ObjectNode one = syncs.addObject().put("id", sync.id()).put("label", sync.label());
      if (sync.source() != null) {
        one.put("source", sync.source());
      }
      if (sync.owner() != null && !sync.owner().isEmpty()) {
        one.put("owner", sync.owner());
      }
      if (sync.repository() != null) {
        one.put("repository", sync.repository());
      }
      if (sync.commit() != null) {
        one.put("commit", sync.commit());
      }
    }
    event.put("syncCount", concerned.all());
  }

  private static String type(Happening happening) {
    return switch (happening) {
      case Happening.SyncEnded sync ->
          switch (sync.end()) {
            case DONE -> "sync.done";
            case FAILED -> "sync.failed";
            case CANCELLED -> "sync.cancelled";
          };
      case Happening.ModuleRefused _ -> "module.refused";
      case Happening.StageStopped _ -> "stage.stopped";
      case Happening.Trial _ -> "test";
    };
  }
}
