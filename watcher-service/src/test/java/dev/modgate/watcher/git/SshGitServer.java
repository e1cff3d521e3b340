package dev.modgate.watcher.git;

import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.config.keys.PublicKeyEntry;
import org.apache.sshd.common.config.keys.writer.openssh.OpenSSHKeyPairResourceWriter;
import org.apache.sshd.common.keyprovider.KeyPairProvider;
import org.apache.sshd.server.SshServer;
import org.apache.sshd.server.shell.ProcessShellFactory;

/// ssh on loopback that runs the real `git upload-pack` for who has the key, in the old protocol,
/// which gives out nothing by its id unless told to.
record SshGitServer(SshServer server, KeyPair hostKey) implements AutoCloseable {
  static SshGitServer start(Path root, KeyPair client, KeyPair hostKey) throws IOException {
    SshServer server = SshServer.setUpDefaultServer();
    server.setHost("127.0.0.1");
    server.setPort(0);
    server.setKeyPairProvider(KeyPairProvider.wrap(hostKey));
    server.setPublickeyAuthenticator((user, key, session) ->
        user.equals("git") && KeyUtils.compareKeys(key, client.getPublic()));
    server.setCommandFactory((channel, command) -> {
      String path = command.replaceAll("^git-upload-pack '/?|'$", "");
      String[] upload = {
        "env", "-u", "GIT_PROTOCOL", "git", "upload-pack", root.resolve(path).toString()
      };
      return new ProcessShellFactory(String.join(" ", upload), upload).createShell(channel);
    });
    server.start();
    return new SshGitServer(server, hostKey);
  }

  static KeyPair newKey() throws GeneralSecurityException {
    return newKey("ecdsa-sha2-nistp256");
  }

  /// @param type as in a known-hosts file
  static KeyPair newKey(String type) throws GeneralSecurityException {
    return KeyUtils.generateKeyPair(type, 256);
  }

  static Path write(KeyPair key, Path file) throws IOException, GeneralSecurityException {
    try (OutputStream out = Files.newOutputStream(file)) {
      OpenSSHKeyPairResourceWriter.INSTANCE.writePrivateKey(key, "test", null, out);
    }
    return file;
  }

  /// A line of a known-hosts file that trusts a key for this server.
  String knownHost(KeyPair key) {
    return "[127.0.0.1]:" + server.getPort() + " " + PublicKeyEntry.toString(key.getPublic());
  }

  URI url(String name) {
    return URI.create("ssh://git@127.0.0.1:" + server.getPort() + "/" + name + ".git");
  }

  @Override
  public void close() throws IOException {
    server.stop(true);
  }
}
