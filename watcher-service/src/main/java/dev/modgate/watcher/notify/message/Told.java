package dev.modgate.watcher.notify.message;

import dev.modgate.watcher.happening.Happening;
import java.time.Instant;

/// Something to tell.
public record Told(Instant at, Happening happening, Concerned concerned) {}
