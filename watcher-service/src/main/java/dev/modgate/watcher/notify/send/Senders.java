package dev.modgate.watcher.notify.send;

import dev.modgate.start.StartException;
import dev.modgate.watcher.notify.channel.Channel;
import dev.modgate.watcher.notify.channel.Receiver;
import dev.modgate.watcher.notify.message.Message;
import dev.modgate.watcher.source.SecretRef;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// Sends messages, each in its receiver's own way. For many threads.
public final class Senders implements AutoCloseable {
  private final HttpSender http;
  private final MailSender mail;

  /// @param timeout for an answer
  public Senders(Duration timeout, Clock clock) {
    this.http = new HttpSender(timeout, clock);
    this.mail = new MailSender(timeout, clock);
  }

  /// Touches no database, so the thread may be interrupted.
  public Outcome send(Channel channel, Message message) throws InterruptedException {
    return switch (channel.receiver()) {
      case Receiver.Http receiver -> http.send(receiver, message);
      case Receiver.Mail receiver -> mail.send(receiver, message);
    };
  }

  /// @throws StartException naming every secret that can't be read
  public static void check(List<Channel> channels) {
    var problems = new ArrayList<String>();
    for (Channel channel : channels) {
      try {
        switch (channel.receiver()) {
          case Receiver.Http receiver -> HttpSender.check(receiver);
          case Receiver.Mail receiver -> {
            if (receiver.credential().isPresent()) {
              var _ = receiver.credential().get().read();
            }
          }
        }
      } catch (SecretRef.UnreadableException e) {
        problems.add(
            "modgate.watcher.notifications.channels." + channel.name() + ": " + e.getMessage());
      }
    }
    if (!problems.isEmpty()) {
      throw new StartException(problems);
    }
  }

  @Override
  public void close() {
    http.close();
    mail.close();
  }
}
