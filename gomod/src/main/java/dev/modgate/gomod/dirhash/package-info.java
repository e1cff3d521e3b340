/// The `h1:` hash of a module zip and of a go.mod.
@NullMarked
package dev.modgate.gomod.dirhash;

import org.jspecify.annotations.NullMarked;
