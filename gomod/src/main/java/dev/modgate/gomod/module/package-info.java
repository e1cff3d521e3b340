/// Module paths and module versions, and their case-encoding.
@NullMarked
package dev.modgate.gomod.module;

import org.jspecify.annotations.NullMarked;
