@NullMarked
package dev.modgate.audit;

import org.jspecify.annotations.NullMarked;
