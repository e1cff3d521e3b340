@NullMarked
package dev.modgate.gateway.cache;

import org.jspecify.annotations.NullMarked;
