package dev.modgate.watcher.notify.channel;

import dev.modgate.watcher.source.SecretRef;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// What a channel sends to.
public sealed interface Receiver {
  ChannelKind kind();

  /// @param secrets sign what is sent: of a webhook one, or two while one takes the place of the
  ///   other; of DingTalk and Feishu one or none; of others none
  /// @param caFile further certificate authorities, PEM
  record Http(ChannelKind kind, SecretUrl url, List<SecretRef> secrets, Optional<Path> caFile)
      implements Receiver {
    public Http {
      secrets = List.copyOf(secrets);
    }
  }

  /// @param credential `user:password`
  /// @param caFile further certificate authorities, PEM
  /// @param from an address, with or without a name
  record Mail(
      String host,
      int port,
      Tls tls,
      Optional<SecretRef> credential,
      Optional<Path> caFile,
      String from,
      List<String> to)
      implements Receiver {
    public Mail {
      to = List.copyOf(to);
    }

    @Override
    public ChannelKind kind() {
      return ChannelKind.EMAIL;
    }
  }

  /// How a mail server is spoken to. There is no "if it can": who is in between could say that it
  /// can't.
  enum Tls {
    /// STARTTLS before anything else, or nothing is sent.
    STARTTLS,
    /// From the first byte.
    TLS,
    NONE
  }
}
