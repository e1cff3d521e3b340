/// What a sync needs: from a go.sum, or from module versions by name.
///
/// A line `path version h1:…` wants `ZIP`, a version with a `/go.mod` line alone wants `MOD`: that
/// is what the module graph needs. Both lines are claims about the bytes.
@NullMarked
package dev.modgate.watcher.plan;

import org.jspecify.annotations.NullMarked;
