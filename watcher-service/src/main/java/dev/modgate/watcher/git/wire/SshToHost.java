package dev.modgate.watcher.git.wire;

import dev.modgate.gomod.quote.Quoted;
import dev.modgate.watcher.source.Source;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.security.PublicKey;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.eclipse.jgit.errors.TransportException;
import org.eclipse.jgit.internal.transport.sshd.OpenSshServerKeyDatabase;
import org.eclipse.jgit.transport.CredentialsProvider;
import org.eclipse.jgit.transport.RemoteSession;
import org.eclipse.jgit.transport.RemoteSession2;
import org.eclipse.jgit.transport.SshSessionFactory;
import org.eclipse.jgit.transport.URIish;
import org.eclipse.jgit.transport.sshd.KeyPasswordProvider;
import org.eclipse.jgit.transport.sshd.ServerKeyDatabase;
import org.eclipse.jgit.transport.sshd.SshdSessionFactory;
import org.eclipse.jgit.transport.sshd.SshdSessionFactoryBuilder;
import org.eclipse.jgit.util.FS;
import org.jspecify.annotations.Nullable;

/// ssh with one key, to hosts of one known-hosts file: nobody is asked, nothing is learnt, and no
/// other file is looked at. Of one reading.
final class SshToHost extends SshSessionFactory {
  private final SshdSessionFactory sessions;
  private final Budget budget;
  private @Nullable String refusedKey;

  /// @param nowhere an empty folder in the place of a home
  SshToHost(Source.Access access, Path nowhere, Budget budget) {
    this.budget = budget;
    List<Path> keys = access.sshKey().stream().toList();
    var known = new OpenSshServerKeyDatabase(false, access.knownHosts().stream().toList());
    this.sessions =
        new SshdSessionFactoryBuilder()
            .setHomeDirectory(nowhere.toFile())
            .setSshDirectory(nowhere.toFile())
            .setPreferredAuthentications("publickey")
            .setConfigStoreFactory((home, file, user) -> null)
            .setDefaultIdentities(_ -> keys)
            .setKeyPasswordProvider(_ -> new NoPassphrase())
            .setServerKeyDatabase((home, folder) -> new Known(known, access.knownHosts()))
            .setConnectorFactory(null)
            .build(null);
  }

  /// Why the host was not trusted, if that is what went wrong.
  Optional<String> refusedKey() {
    return Optional.ofNullable(refusedKey);
  }

  @Override
  public RemoteSession getSession(
      URIish uri, @Nullable CredentialsProvider asked, @Nullable FS fs, int millis)
      throws TransportException {
    return new CountedSession(sessions.getSession(uri, asked, fs, millis), budget);
  }

  @Override
  public String getType() {
    return sessions.getType();
  }

  @Override
  public void releaseSession(RemoteSession session) {
    session.disconnect();
  }

  private final class Known implements ServerKeyDatabase {
    private final OpenSshServerKeyDatabase file;
    private final Optional<Path> path;

    private Known(OpenSshServerKeyDatabase file, Optional<Path> path) {
      this.file = file;
      this.path = path;
    }

    @Override
    public List<PublicKey> lookup(
        String connect, InetSocketAddress remote, Configuration configuration) {
      return file.lookup(connect, remote, new Strict(configuration.getUsername()));
    }

    @Override
    public boolean accept(
        String connect,
        InetSocketAddress remote,
        PublicKey key,
        Configuration configuration,
        @Nullable CredentialsProvider provider) {
      var strict = new Strict(configuration.getUsername());
      boolean accepted = path.isPresent() && file.accept(connect, remote, key, strict, null);
      if (!accepted) {
        refusedKey =
            "its host key "
                + KeyUtils.getFingerPrint(key)
                + (path.isPresent()
                    ? " is not the one in " + Quoted.of(path.get().toString())
                    : " is not known: the source has no known-hosts file");
      }
      return accepted;
    }
  }

  private record Strict(String getUsername) implements ServerKeyDatabase.Configuration {
    @Override
    public List<String> getUserKnownHostsFiles() {
      return List.of();
    }

    @Override
    public List<String> getGlobalKnownHostsFiles() {
      return List.of();
    }

    @Override
    public StrictHostKeyChecking getStrictHostKeyChecking() {
      return StrictHostKeyChecking.REQUIRE_MATCH;
    }

    @Override
    public boolean getHashKnownHosts() {
      return false;
    }
  }

  /// A key with a passphrase is of no use: nobody is there to type it.
  private static final class NoPassphrase implements KeyPasswordProvider {
    @Override
    public char @Nullable [] getPassphrase(URIish uri, int attempt) {
      return null;
    }

    @Override
    public void setAttempts(int most) {}

    @Override
    public boolean keyLoaded(URIish uri, int attempt, @Nullable Exception error) {
      return false;
    }
  }

  private record CountedSession(RemoteSession2 session, Budget budget) implements RemoteSession2 {
    @Override
    public Process exec(String command, int timeout) throws IOException {
      return new CountedProcess(session.exec(command, timeout), budget);
    }

    @Override
    public Process exec(String command, Map<String, String> environment, int timeout)
        throws IOException {
      return new CountedProcess(session.exec(command, environment, timeout), budget);
    }

    @Override
    public void disconnect() {
      session.disconnect();
    }
  }
}
