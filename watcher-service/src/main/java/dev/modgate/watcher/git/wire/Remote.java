package dev.modgate.watcher.git.wire;

import dev.modgate.watcher.run.CommitReader.GoneException;
import dev.modgate.watcher.run.CommitReader.RefusedException;
import dev.modgate.watcher.run.Tip;
import dev.modgate.watcher.source.GitUrl;
import dev.modgate.watcher.source.Source;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.eclipse.jgit.errors.TransportException;
import org.eclipse.jgit.internal.JGitText;
import org.eclipse.jgit.lib.NullProgressMonitor;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectIdRef;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.transport.BasePackFetchConnection;
import org.eclipse.jgit.transport.FetchConnection;
import org.eclipse.jgit.transport.FilterSpec;
import org.eclipse.jgit.transport.SshTransport;
import org.eclipse.jgit.transport.TagOpt;
import org.eclipse.jgit.transport.Transport;
import org.eclipse.jgit.transport.TransportHttp;
import org.eclipse.jgit.transport.URIish;
import org.jspecify.annotations.Nullable;

/// One repository at its host, for one reading. For one thread.
public final class Remote {
  private final Source source;
  private final GitUrl url;
  private final ScratchRepository local;
  private final GitSettings settings;
  private final Budget budget;
  private final HttpToHost http;
  private final SshToHost ssh;
  private final Optional<Credentials> credentials;

  /// @param local takes what is fetched
  /// @param nowhere an empty folder
  /// @throws IOException when a file or secret of the source can't be read
  public Remote(
      Source source, GitUrl url, ScratchRepository local, Path nowhere, GitSettings settings)
      throws IOException {
    this.source = source;
    this.url = url;
    this.local = local;
    this.settings = settings;
    this.budget = new Budget(settings);
    Optional<Path> authorities = source.access().caFile();
    this.http =
        new HttpToHost(
            url.uri(),
            budget,
            authorities.isPresent()
                ? Optional.of(Authorities.and(authorities.get()))
                : Optional.empty());
    this.ssh = new SshToHost(source.access(), nowhere, budget);
    this.credentials = Credentials.of(source);
  }

  /// The server gives out no parts of a commit, or no blob by its id.
  public static final class NoPartsException extends Exception {
    private static final long serialVersionUID = 1L;

    NoPartsException(Throwable cause) {
      super(cause);
    }
  }

  /// What the branches and tags name: a tag that is an object of its own, the object that it tags.
  ///
  /// @return ids by full names
  /// @throws IOException telling what went wrong, also where there are too many
  public SortedMap<String, String> refs() throws IOException {
    budget.expectRefs();
    try (Transport transport = open();
        FetchConnection connection = connect(transport, "refs/heads/", "refs/tags/")) {
      var refs = new TreeMap<String, String>();
      for (Ref ref : connection.getRefs()) {
        ObjectId id = peeled(ref);
        if (id != null && isBranchOrTag(ref.getName())) {
          refs.put(ref.getName(), id.name());
        }
      }
      return refs;
    } catch (IOException | RuntimeException e) {
      throw trouble().of(e);
    }
  }

  private static boolean isBranchOrTag(String name) {
    return name.startsWith("refs/heads/") || name.startsWith("refs/tags/");
  }

  private static @Nullable ObjectId peeled(Ref ref) {
    ObjectId peeled = ref.getPeeledObjectId();
    return peeled == null ? ref.getObjectId() : peeled;
  }

  /// Fetches a commit and its trees, without its history and its files.
  ///
  /// @return the commit, or a tag that leads to it
  public ObjectId trees(Tip tip)
      throws IOException, GoneException, RefusedException, NoPartsException {
    try {
      return fetchCommit(tip, true);
    } catch (IOException | RuntimeException e) {
      if (Trouble.says(e, JGitText.get().filterRequiresCapability)) {
        throw new NoPartsException(e);
      }
      throw trouble().ofReading(e);
    }
  }

  /// Fetches a commit with its files, without its history.
  ///
  /// @return the commit, or a tag that leads to it
  public ObjectId whole(Tip tip) throws IOException, GoneException, RefusedException {
    try {
      return fetchCommit(tip, false);
    } catch (IOException | RuntimeException e) {
      throw trouble().ofReading(e);
    }
  }

  private ObjectId fetchCommit(Tip tip, boolean parts) throws IOException, GoneException {
    Optional<ObjectId> byRef = Optional.empty();
    for (boolean byId : List.of(true, false)) {
      long before = budget.received();
      budget.expectRefs();
      try (Transport transport = openForTip(parts);
          FetchConnection connection = connect(transport, tip.ref())) {
        Ref ref = connection.getRef(tip.ref());
        if (ref == null || ref.getObjectId() == null) {
          throw new GoneException(trouble().gone(tip));
        }
        byRef = Optional.of(ref.getObjectId());
        ObjectId wanted = byId ? wanted(tip, ref) : ref.getObjectId();
        budget.expectObjects(byId ? 0 : before);
        try {
          fetch(connection, List.of(wanted));
          return wanted;
        } catch (TransportException e) {
          if (!byId
              || wanted.equals(ref.getObjectId())
              || !(Trouble.isNotGivenById(e) || Trouble.isHungUp(e))) {
            throw e;
          }
        }
      }
    }
    return byRef.orElseThrow();
  }

  private static ObjectId wanted(Tip tip, Ref ref) {
    if (tip.commit().isEmpty()) {
      return ref.getObjectId();
    }
    ObjectId commit = ObjectId.fromString(tip.commit().get());
    return commit.equals(ref.getPeeledObjectId()) ? ref.getObjectId() : commit;
  }

  /// Fetches blobs by their ids.
  ///
  /// @param tip whose commit was fetched just now
  public void blobs(Set<ObjectId> blobs, Tip tip)
      throws IOException, RefusedException, NoPartsException {
    long before = budget.received();
    budget.expectRefs();
    try (Transport transport = open();
        FetchConnection connection = connect(transport, tip.ref())) {
      budget.expectObjects(before);
      fetch(connection, blobs);
    } catch (IOException | RuntimeException e) {
      if (Trouble.isNotGivenById(e)) {
        throw new NoPartsException(e);
      }
      throw trouble().ofReading(e);
    }
  }

  private static void fetch(FetchConnection connection, Collection<ObjectId> ids)
      throws TransportException {
    var wanted = new ArrayList<Ref>();
    for (ObjectId id : ids) {
      wanted.add(new ObjectIdRef.Unpeeled(Ref.Storage.NETWORK, id.name(), id));
    }
    connection.fetch(NullProgressMonitor.INSTANCE, wanted, Set.of());
  }

  private Transport openForTip(boolean parts) throws IOException {
    Transport transport = open();
    transport.setDepth(1);
    if (parts) {
      transport.setFilterSpec(FilterSpec.fromFilterLine("blob:none"));
    }
    return transport;
  }

  private Transport open() throws IOException {
    Transport transport = transport();
    transport.setTagOpt(TagOpt.NO_TAGS);
    transport.setTimeout((int) settings.silence().toSeconds());
    return transport;
  }

  private Transport transport() throws IOException {
    URIish uri;
    try {
      uri = new URIish(url.toString());
    } catch (URISyntaxException e) {
      throw new IOException("is no URL for Git", e);
    }
    if ("git".equals(uri.getScheme())) {
      return new GitTransport(local, uri, budget);
    }
    Transport transport =
        Transport.open(
            local,
            "ssh".equals(uri.getScheme()) && uri.getUser() == null ? uri.setUser("git") : uri);
    switch (transport) {
      case TransportHttp overHttp -> {
        overHttp.setHttpConnectionFactory(http);
        credentials.ifPresent(
            known -> overHttp.setPreemptiveBasicAuthentication(known.user(), known.password()));
      }
      case SshTransport overSsh -> overSsh.setSshSessionFactory(ssh);
      default -> throw new IOException("can't be read over " + uri.getScheme());
    }
    return transport;
  }

  /// What is served as plain files is not read: such a host names further places to look in.
  private static FetchConnection connect(Transport transport, String... prefixes)
      throws IOException {
    FetchConnection connection = transport.openFetch(List.of(), prefixes);
    if (!(connection instanceof BasePackFetchConnection)) {
      connection.close();
      throw new IOException("answers, but not in Git's smart protocol");
    }
    return connection;
  }

  private Trouble trouble() {
    return new Trouble(source, url, settings, http.status(), ssh.refusedKey());
  }
}
