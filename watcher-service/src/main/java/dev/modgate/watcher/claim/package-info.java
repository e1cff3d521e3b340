/// What syncs claim about module versions, and how those claims reach the verifier and are judged.
///
/// However many syncs need one module version: an event carries at most
/// `ModuleRequested.MAX_ORIGINS` of them, chosen so that every different claim is said while there
/// is room, and the claims of all of them are judged against what went inside.
@NullMarked
package dev.modgate.watcher.claim;

import org.jspecify.annotations.NullMarked;
