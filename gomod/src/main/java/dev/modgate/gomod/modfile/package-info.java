/// Reads `go.mod`.
@NullMarked
package dev.modgate.gomod.modfile;

import org.jspecify.annotations.NullMarked;
