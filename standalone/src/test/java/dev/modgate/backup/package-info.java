@NullMarked
package dev.modgate.backup;

import org.jspecify.annotations.NullMarked;
