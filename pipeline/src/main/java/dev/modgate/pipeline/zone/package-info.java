/// How the zone store is laid out, for those who write it and those who read it.
///
/// The root is the file tree of the GOPROXY protocol ([dev.modgate.gomod.proxy.ProxyPath]), so that
/// any static web server, or `file://`, serves it. What else is kept lies below `_modgate/`, which
/// no module path can begin with (an underscore is no legal first character of one):
///
/// - `_modgate/evidence/<module>/@v/<version>.mod.json` and `….zip.json`: the
///   [dev.modgate.pipeline.event.Evidence] under which the first bytes came inside. Written before
///   them and never again: it pins their h1.
/// - `_modgate/refused/<module>/@v/<version>.json`: a [RefusalNote].
///
/// Module and version are case-encoded throughout.
@NullMarked
package dev.modgate.pipeline.zone;

import org.jspecify.annotations.NullMarked;
