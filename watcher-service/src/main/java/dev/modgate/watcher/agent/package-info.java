/// The agent: in the closed zone, where the Git hosts are. It notices commits as the watcher does,
/// and where the watcher would make a sync of what one needs, it writes a want list ({@link
/// dev.modgate.watcher.wantlist}), signs it, and sends it outward: over HTTPS, or as a file in a
/// folder that somebody carries. Nothing else leaves but, over HTTPS, the question for statuses.
/// These come back the same way, signed by the watcher, and become commit statuses.
///
/// | happens | then |
/// |---|---|
/// | the process ends between commit and delivery | the list is in the database, and is sent later |
/// | it ends between delivery and the note of it | the same bytes are sent again: no change outside |
/// | the watcher can't be reached, or answers 5xx | again after 1 s, 2 s, … 5 min |
/// | the watcher refuses the list | noted with its reason, and not sent again; the commit fails |
/// | nothing is left when private modules are dropped | nothing is sent, the commit succeeds |
@NullMarked
package dev.modgate.watcher.agent;

import org.jspecify.annotations.NullMarked;
