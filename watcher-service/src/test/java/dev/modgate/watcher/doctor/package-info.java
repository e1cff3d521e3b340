@NullMarked
package dev.modgate.watcher.doctor;

import org.jspecify.annotations.NullMarked;
