package dev.modgate.watcher.source;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A declared repository, or a group of them, whose commits say what is to be brought inside.
///
/// @param name lower-case letters, digits, `-`, at most 63; part of URLs, file names and want lists
/// @param poll how often its refs are looked at; zero for never
public record Source(
    String name,
    Place place,
    HostKind host,
    Access access,
    Webhook webhook,
    Selection selection,
    Duration poll,
    About about) {

  /// Where it is.
  public sealed interface Place {
    record Single(GitUrl url) implements Place {}

    /// All repositories of a GitLab group (with its subgroups), GitHub or Gitea organisation.
    ///
    /// @param base what stands before a repository's name in its Git URL, such as
    ///   `https://git.example.com`
    /// @param path such as `pay` or `pay/backend`
    /// @param include names below `path`, of which one has to match
    /// @param exclude names below `path`, of which none may match
    record Group(GitUrl base, String path, List<RefPattern> include, List<RefPattern> exclude)
        implements Place {
      public Group {
        include = List.copyOf(include);
        exclude = List.copyOf(exclude);
      }

      /// Where a repository of it is read.
      ///
      /// @param repository its whole name, such as `pay/backend/api`
      public GitUrl url(String repository) {
        String root = base.toString().replaceFirst("/+$", "");
        return GitUrl.parse(root + "/" + repository + ".git");
      }
    }

    /// An agent in the closed zone reads it, and sends want lists.
    ///
    /// @param name of the agent's key
    record Agent(String name) implements Place {}
  }

  /// How the host lets us in.
  ///
  /// @param git `user:password`, or a token alone
  /// @param sshKey a private key file
  /// @param knownHosts in OpenSSH's form; without it no host is trusted
  /// @param api root of the host's API; empty for what follows from the Git URL
  /// @param apiToken for commit statuses and groups
  /// @param caFile further certificate authorities, PEM
  public record Access(
      Optional<SecretRef> git,
      Optional<Path> sshKey,
      Optional<Path> knownHosts,
      Optional<URI> api,
      Optional<SecretRef> apiToken,
      Optional<Path> caFile) {}

  /// @param secrets one, or two while one takes the place of the other; none: no webhook is taken
  /// @param signatureHeader of a generic host: hex HMAC-SHA256 of the body, with or without
  ///   `sha256=`
  /// @param deliveryHeader of a generic host: the delivery's id
  public record Webhook(List<SecretRef> secrets, String signatureHeader, String deliveryHeader) {
    public static final int MOST_SECRETS = 2;

    public Webhook {
      secrets = List.copyOf(secrets);
    }
  }

  /// Which commits, and what of them.
  ///
  /// @param folders to look in, without `/` at their ends; empty for the whole tree
  /// @param pullRequests whether commits of pull (merge) requests are synced
  public record Selection(
      List<RefPattern> branches,
      List<RefPattern> tags,
      List<String> folders,
      Depth depth,
      boolean pullRequests) {
    public Selection {
      branches = List.copyOf(branches);
      tags = List.copyOf(tags);
      folders = List.copyOf(folders);
    }

    /// Whether a full name of a ref is among the branches and tags.
    public boolean wants(String ref) {
      return matches(branches, ref, "refs/heads/") || matches(tags, ref, "refs/tags/");
    }

    private static boolean matches(List<RefPattern> patterns, String ref, String prefix) {
      return ref.startsWith(prefix)
          && patterns.stream().anyMatch(pattern -> pattern.matches(ref.substring(prefix.length())));
    }
  }

  /// How much of what go.sum names comes as a whole; of all else the go.mod alone.
  public enum Depth {
    /// What builds and tests the project: versions whose zip has a hash in go.sum.
    BUILD,
    /// Besides, the highest version of each module that go.sum names: what the tests of
    /// dependencies need.
    TESTS,
    /// Every version that go.sum names.
    GRAPH
  }

  /// For people.
  ///
  /// @param owner a team, or empty
  public record About(Map<String, String> labels, String owner) {
    public About {
      labels = Map.copyOf(labels);
    }
  }
}
