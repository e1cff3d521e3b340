/// Polls of modules: new versions of watched modules are brought inside without anybody asking.
///
/// A watch names modules and versions, `golang.org/x/*@latest` or `example.com/lib@v1.*`. A pattern
/// covers the modules that anybody asked for before: a module proxy lists the versions of a module,
/// never the modules it has. Each is asked for its `@v/list`, and where that is empty for
/// `@latest`; of the versions that were not listed before, those that count become a sync.
///
/// Source: https://go.dev/ref/mod#goproxy-protocol
@NullMarked
package dev.modgate.watcher.watch;

import org.jspecify.annotations.NullMarked;
