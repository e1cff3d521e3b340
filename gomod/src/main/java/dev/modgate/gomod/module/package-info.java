/// Module paths, module versions and file names, and their case-encoding.
///
/// ## Module paths
///
/// Elements parted by single slashes. An element is of ASCII letters, digits and `-._~`, begins and
/// ends without a dot, and is no Windows device (`con`, `com1`, with any ending) or short name
/// (`progra~1`). The first one is a host: a dot in it, lower case, no `_` or `~`. So no path leaves
/// a folder, and no two paths that `go` would download differ by the host's case alone.
///
/// From v2 on a path ends in its major version, and its versions have that one:
///
/// | path | its versions |
/// |---|---|
/// | `example.com/m` | `v0.…`, `v1.…`; from v2 on with `+incompatible` |
/// | `example.com/m/v2` | `v2.…`, never `+incompatible`; `/v0`, `/v1`, `/v02` are no paths |
/// | `gopkg.in/yaml.v3` | `v3.…`; every path under gopkg.in ends so, from `.v0` on |
/// | `gopkg.in/x.v1` | also `v0.0.0-…`, which old versions of `go` made |
///
/// Longer than any real one is refused: a path of 400 characters, an element of 200 in case-encoded
/// form, so that each fits as the name of a folder or an object.
///
/// ## Case-encoding
///
/// File systems may ignore case, modules don't. In URLs and object keys each upper-case letter is
/// `!` and its lower-case form, in paths and in versions; `!` itself is never part of either:
///
/// ```
/// github.com/BurntSushi/toml  v1.0.0-RC1
/// github.com/!burnt!sushi/toml/@v/v1.0.0-!r!c1.zip
/// ```
///
/// Within a zip nothing is encoded, and file names may hold more: see {@link
/// dev.modgate.gomod.module.FilePath}.
///
/// Sources: https://go.dev/ref/mod#module-path, https://go.dev/ref/mod#major-version-suffixes,
/// https://go.dev/ref/mod#goproxy-protocol, `golang.org/x/mod/module`
@NullMarked
package dev.modgate.gomod.module;

import org.jspecify.annotations.NullMarked;
