package dev.modgate.watcher.git.wire;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.Collection;
import java.util.List;
import org.eclipse.jgit.errors.NotSupportedException;
import org.eclipse.jgit.errors.TransportException;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.transport.BasePackFetchConnection;
import org.eclipse.jgit.transport.FetchConnection;
import org.eclipse.jgit.transport.PackTransport;
import org.eclipse.jgit.transport.PushConnection;
import org.eclipse.jgit.transport.RefSpec;
import org.eclipse.jgit.transport.TcpTransport;
import org.eclipse.jgit.transport.URIish;

/// `git:` with a count of what is received, which JGit's own gives no place for.
final class GitTransport extends TcpTransport implements PackTransport {
  private static final int GIT_PORT = 9418;

  private final Budget budget;

  GitTransport(Repository local, URIish uri, Budget budget) {
    super(local, uri);
    this.budget = budget;
  }

  @Override
  public FetchConnection openFetch() throws TransportException {
    return openFetch(List.of());
  }

  @Override
  public FetchConnection openFetch(Collection<RefSpec> refs, String... prefixes)
      throws TransportException {
    return new Connection(refs, prefixes);
  }

  @Override
  public PushConnection openPush() throws NotSupportedException {
    throw new NotSupportedException("nothing is pushed");
  }

  @Override
  public void close() {}

  private final class Connection extends BasePackFetchConnection {
    private final Socket socket = new Socket();

    private Connection(Collection<RefSpec> refs, String... prefixes) throws TransportException {
      super(GitTransport.this);
      try {
        int port = uri.getPort() > 0 ? uri.getPort() : GIT_PORT;
        socket.connect(new InetSocketAddress(uri.getHost(), port), getTimeout() * 1000);
        socket.setSoTimeout(getTimeout() * 1000);
        init(
            new BufferedInputStream(budget.counting(socket.getInputStream())),
            new BufferedOutputStream(socket.getOutputStream()));
        String host = uri.getHost() + (port == GIT_PORT ? "" : ":" + port);
        pckOut.writeString(
            "git-upload-pack " + uri.getPath() + "\0host=" + host + "\0\0version=2\0");
        pckOut.flush();
      } catch (IOException e) {
        close();
        throw new TransportException(uri, String.valueOf(e.getMessage()), e);
      }
      if (!readAdvertisedRefs()) {
        lsRefs(refs, prefixes);
      }
    }

    @Override
    public void close() {
      super.close();
      try {
        socket.close();
      } catch (IOException e) {
        // it is not used again
      }
    }
  }
}
