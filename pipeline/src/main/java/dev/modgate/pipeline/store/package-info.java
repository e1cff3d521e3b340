/// Object stores: where bytes live, by content (blob store) or by name (zone store).
@NullMarked
package dev.modgate.pipeline.store;

import org.jspecify.annotations.NullMarked;
