@NullMarked
package dev.modgate.publisher;

import org.jspecify.annotations.NullMarked;
