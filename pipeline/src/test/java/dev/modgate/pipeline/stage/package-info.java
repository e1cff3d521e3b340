@NullMarked
package dev.modgate.pipeline.stage;

import org.jspecify.annotations.NullMarked;
