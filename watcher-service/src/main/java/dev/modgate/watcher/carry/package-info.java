/// Folders whose files somebody carries: by hand, by a diode, by a copy job. A file that is still
/// being written ends early or is not yet signed; it is wrong only once it has stayed the same for
/// a while.
@NullMarked
package dev.modgate.watcher.carry;

import org.jspecify.annotations.NullMarked;
