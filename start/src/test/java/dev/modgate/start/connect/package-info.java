@NullMarked
package dev.modgate.start.connect;

import org.jspecify.annotations.NullMarked;
