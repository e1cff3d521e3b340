/// Git: what a commit says about its modules, and which refs a repository has, with JGit as the
/// client. No `git` program is run, nothing is checked out.
///
/// **How a commit is read.** Over `https:`, `ssh:` and `git:` into a bare repository of its own
/// below `modgate.watcher.git.folder`, which is deleted when the read ends, so that there is no
/// cache to lock, to collect or to poison; what a process left that was killed, the next start
/// deletes. A repository on `file:` is read where it lies, nothing is copied.
///
/// 1. The ref is looked up; where it is gone, the commit is gone too, whatever the server would
///    still give out by id.
/// 2. The commit and its trees alone are fetched (`deepen 1`, `filter blob:none`), by the commit's
///    id. Servers of protocol 2 give out by id what they have; older ones only with
///    `uploadpack.allowTipSHA1InWant` or `allowReachableSHA1InWant`. One that does not is asked for
///    the ref instead, and what is read is what the ref names then. What a server gives out by id
///    is for it to decide: one that keeps the forks of a repository with it, as GitHub does, gives
///    out their commits too.
/// 3. The tree is searched, and the wanted files are fetched by the ids of their blobs.
///
/// A server without partial clone (`uploadpack.allowFilter` off, the default of plain Git), or one
/// that gives out no blob by its id (JGit's server), is asked once more for the whole commit at
/// depth 1, within the same limits. A large repository is then refused where the tree alone would
/// have been small: turn `uploadpack.allowFilter` on. Hosts that offer partial clone, as GitHub,
/// GitLab and Gitea do, are read in two round trips of a few kilobytes.
///
/// **What is read.** `go.mod`, `go.sum`, `go.work`, `go.work.sum`, and `modules.txt` of a folder
/// named `vendor`; of that folder nothing else. As for packages in the `go` command, folders whose
/// names begin with `_` or `.`, and `testdata`, are passed over, unless a source declares such a
/// folder itself. Names are compared as they are: `GO.MOD` is no go.mod. A symbolic link is not
/// followed, a submodule not fetched; both are passed over, for a link the log says so. A pointer
/// of Git LFS in the place of a file is refused, because the file itself is not in the commit.
///
/// **What is not trusted.** Every byte of a host counts against a limit while it arrives, and all
/// hashes are computed here: what is read is what the commit's id says. No redirect leads to
/// another host, scheme or port. Credentials go only to the host of the declared URL; `http:` is
/// for loopback alone. A host key of ssh has to be in the source's known-hosts file. Neither
/// `~/.ssh`, an agent, nor any configuration of Git on this machine is read. Repositories with
/// SHA-256 ids can't be read: JGit does not know them.
@NullMarked
package dev.modgate.watcher.git;

import org.jspecify.annotations.NullMarked;
