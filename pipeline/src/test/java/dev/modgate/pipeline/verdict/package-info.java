@NullMarked
package dev.modgate.pipeline.verdict;

import org.jspecify.annotations.NullMarked;
