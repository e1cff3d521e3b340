@NullMarked
package dev.modgate.publisher.scrub;

import org.jspecify.annotations.NullMarked;
