/// What a commit needs, from its files.
///
/// Every folder with a go.mod or a go.work counts, each with the go.sum or go.work.sum beside it:
/// zips for the lines of zips, go.mods for the others, and more where the source's depth says so. A
/// go.mod without a go.sum wants what it requires itself, without a claim about the bytes.
@NullMarked
package dev.modgate.watcher.want;

import org.jspecify.annotations.NullMarked;
