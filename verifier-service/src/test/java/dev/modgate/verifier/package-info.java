@NullMarked
package dev.modgate.verifier;

import org.jspecify.annotations.NullMarked;
