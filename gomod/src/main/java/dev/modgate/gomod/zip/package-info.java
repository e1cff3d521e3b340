/// Reads module zips and says what is wrong with them.
@NullMarked
package dev.modgate.gomod.zip;

import org.jspecify.annotations.NullMarked;
