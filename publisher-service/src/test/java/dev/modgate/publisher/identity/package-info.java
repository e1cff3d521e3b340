@NullMarked
package dev.modgate.publisher.identity;

import org.jspecify.annotations.NullMarked;
