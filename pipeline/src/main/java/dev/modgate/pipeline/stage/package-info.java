/// The work loop that fetch, verify and publish run on.
@NullMarked
package dev.modgate.pipeline.stage;

import org.jspecify.annotations.NullMarked;
