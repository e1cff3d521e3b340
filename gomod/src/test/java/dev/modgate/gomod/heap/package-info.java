/// Runs code where there is little memory.
@NullMarked
package dev.modgate.gomod.heap;

import org.jspecify.annotations.NullMarked;
