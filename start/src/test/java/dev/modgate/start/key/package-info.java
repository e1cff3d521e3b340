@NullMarked
package dev.modgate.start.key;

import org.jspecify.annotations.NullMarked;
