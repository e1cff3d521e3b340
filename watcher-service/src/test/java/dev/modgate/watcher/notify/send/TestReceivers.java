package dev.modgate.watcher.notify.send;

import dev.modgate.watcher.happening.EventKind;
import dev.modgate.watcher.notify.channel.Channel;
import dev.modgate.watcher.notify.channel.Language;
import dev.modgate.watcher.notify.channel.Receiver;
import dev.modgate.watcher.notify.channel.SecretUrl;
import dev.modgate.watcher.source.SecretRef;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;

/// Channels to fake receivers, and the services that these play.
public final class TestReceivers {
  public static final String WEBHOOK_SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
  public static final String ROBOT_SECRET = "SEC0123456789";

  private TestReceivers() {}

  public static List<Service> services() {
    return List.of(
        new Service.StandardWebhooks(List.of(WEBHOOK_SECRET)),
        new Service.Slack(),
        new Service.DingTalkRobot(ROBOT_SECRET, new Service.Rate()),
        new Service.FeishuRobot(ROBOT_SECRET),
        new Service.WeComRobot(new Service.Rate()));
  }

  /// Hears of everything.
  public static Channel channel(String name, FakeReceiver receiver, Path folder)
      throws IOException {
    return new Channel(
        name,
        new Receiver.Http(
            receiver.kind(),
            new SecretUrl.Written(receiver.url()),
            secrets(receiver, folder),
            Optional.empty()),
        Language.EN,
        EnumSet.allOf(EventKind.class),
        new Channel.Route(List.of(), List.of()),
        Optional.empty());
  }

  private static List<SecretRef> secrets(FakeReceiver receiver, Path folder) throws IOException {
    return switch (receiver.kind()) {
      case WEBHOOK -> List.of(secret(folder, WEBHOOK_SECRET));
      case DINGTALK, FEISHU -> List.of(secret(folder, ROBOT_SECRET));
      case SLACK, WECOM, EMAIL -> List.of();
    };
  }

  public static SecretRef secret(Path folder, String text) throws IOException {
    return new SecretRef.File(Files.writeString(Files.createTempFile(folder, "secret", ""), text));
  }
}
