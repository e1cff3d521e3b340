/// What is known of each module version: where it stands, and what happened to it.
///
/// A row is one want of one module version, with the module's own verdict, for everybody; what a
/// sync claims about it is judged apart, so that one repository's wrong go.sum fails that sync
/// alone.
@NullMarked
package dev.modgate.watcher.catalog;

import org.jspecify.annotations.NullMarked;
