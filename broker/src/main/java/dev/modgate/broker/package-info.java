/// A real Kafka broker inside this JVM.
@NullMarked
package dev.modgate.broker;

import org.jspecify.annotations.NullMarked;
