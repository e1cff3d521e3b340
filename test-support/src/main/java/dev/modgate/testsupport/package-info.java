/// Fakes that misbehave on request: an upstream, the modules that it serves, a checksum database.
@NullMarked
package dev.modgate.testsupport;

import org.jspecify.annotations.NullMarked;
