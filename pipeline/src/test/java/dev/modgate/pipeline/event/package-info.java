@NullMarked
package dev.modgate.pipeline.event;

import org.jspecify.annotations.NullMarked;
