/// The event contract: one record per topic, and its JSON form.
@NullMarked
package dev.modgate.pipeline.event;

import org.jspecify.annotations.NullMarked;
