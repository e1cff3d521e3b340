@NullMarked
package dev.modgate.publisher.sumdb;

import org.jspecify.annotations.NullMarked;
