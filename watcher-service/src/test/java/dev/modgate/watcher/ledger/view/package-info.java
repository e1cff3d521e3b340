@NullMarked
package dev.modgate.watcher.ledger.view;

import org.jspecify.annotations.NullMarked;
