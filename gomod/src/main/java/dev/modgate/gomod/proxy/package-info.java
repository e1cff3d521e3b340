/// The GOPROXY protocol: its paths, its list of upstreams, its small files.
///
/// A proxy is a tree of files below a base URL, read by GET:
///
/// | path | content |
/// |---|---|
/// | `$module/@v/list` | the known versions, one a line, no pseudo-versions |
/// | `$module/@v/$version.info` | JSON: `{"Version":"v1.2.3","Time":"2024-05-01T10:00:00Z"}` |
/// | `$module/@v/$version.mod` | the go.mod |
/// | `$module/@v/$version.zip` | the module zip |
/// | `$module/@latest` | an `.info` (optional) |
///
/// Module and version are case-encoded: `github.com/BurntSushi/toml` is asked for as
/// `github.com/!burnt!sushi/toml`.
///
/// The list of upstreams (`GOPROXY`) holds URLs, separated by `,` (the next one is asked where this
/// one answers 404 or 410) or by `|` (the next one is asked after any error); `direct` and `off`
/// end it.
///
/// Source: https://go.dev/ref/mod#goproxy-protocol, https://go.dev/ref/mod#environment-variables
@NullMarked
package dev.modgate.gomod.proxy;

import org.jspecify.annotations.NullMarked;
