/// The catalog: what is known of each module version, its evidence and its timeline. Fed by the
/// results of all stages, each applied once: an answer to an earlier attempt changes nothing, and
/// nothing undoes `inside`.
///
/// The states are a closed set. `held` (a rule wants a person or more time) and `recalled` (was
/// inside, is no longer served) are coming.
@NullMarked
package dev.modgate.watcher.catalog;

import org.jspecify.annotations.NullMarked;
