/// Fakes that misbehave on request: an upstream, and the modules that it serves.
@NullMarked
package dev.modgate.testsupport;

import org.jspecify.annotations.NullMarked;
