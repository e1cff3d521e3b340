@NullMarked
package dev.modgate.start;

import org.jspecify.annotations.NullMarked;
