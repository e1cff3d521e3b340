/// Semantic versions as Go orders them.
@NullMarked
package dev.modgate.gomod.semver;

import org.jspecify.annotations.NullMarked;
