@NullMarked
package dev.modgate.broker;

import org.jspecify.annotations.NullMarked;
