@NullMarked
package dev.modgate.pipeline.store;

import org.jspecify.annotations.NullMarked;
