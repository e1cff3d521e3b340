/// Answers from the ledger: which repositories need what, who uses a module, and where they drift
/// apart.
@NullMarked
package dev.modgate.watcher.ledger.view;

import org.jspecify.annotations.NullMarked;
