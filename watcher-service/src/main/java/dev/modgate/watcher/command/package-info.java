/// Commands of people to the running stages, through the topic `stage-command`; and what the scrub
/// of the publisher says of itself.
@NullMarked
package dev.modgate.watcher.command;

import org.jspecify.annotations.NullMarked;
