/// The story, end to end: a go.sum goes in, `go build` works inside.
@NullMarked
package dev.modgate.story;

import org.jspecify.annotations.NullMarked;
