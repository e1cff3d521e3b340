/// Which repository needs which module versions, and needed them once: "who uses this?".
///
/// | word | means |
/// |---|---|
/// | *use* | one want of one module version by one repository, with the first and the last commit that needed it |
/// | *line* | what stands for a state of a repository that somebody works with: each branch; of the tags of one folder (`refs/tags/v*`, `refs/tags/sub/v*`) the highest version; of a source that an agent reads, whose want lists name no ref, its newest list |
/// | *in use* | what the commit needs at which a line stands |
///
/// A use is written once, and stays when its module is not needed any more, no longer in use.
/// Nothing here is purged: it grows with the versions that a repository has ever needed, not with
/// its commits. Tags that are no line's, and pull requests, are seen, but put nothing in use: a
/// proposal is none yet. Nor does a repository use anything that is no longer declared, or left its
/// group; where it comes back, so do its lines.
///
/// A line moves when a commit's sync is made ({@link dev.modgate.watcher.commit.SyncSink}), when a
/// webhook or a poll says that it names a commit that was seen before, and goes when a poll does
/// not find it any more. Of a commit of which a file can't be read, the line keeps what it needed
/// before. Lines that need the same share one list, so that a push of an unchanged go.sum costs
/// three rows, and a hundred branches no more than one.
///
/// What a person or a watch syncs is a use of nobody; `brought_by` of the module has the label of
/// the sync that asked for it first.
@NullMarked
package dev.modgate.watcher.ledger;

import org.jspecify.annotations.NullMarked;
