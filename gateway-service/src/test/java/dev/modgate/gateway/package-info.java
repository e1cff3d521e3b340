@NullMarked
package dev.modgate.gateway;

import org.jspecify.annotations.NullMarked;
