/// Asks the real `go` command whether it agrees with us.
@NullMarked
package dev.modgate.gomod.oracle;

import org.jspecify.annotations.NullMarked;
