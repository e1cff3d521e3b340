/// Versions as Go writes and orders them.
///
/// ```
/// version    = "v" major "." minor "." patch [ "-" prerelease ] [ "+incompatible" ]
/// major …    = "0" | digit-but-0 { digit }
/// prerelease = identifier { "." identifier }
/// identifier = one or more of 0-9 A-Z a-z "-"; a number has no leading zero
/// ```
///
/// That is semver 2.0.0 with a `v`, without the short forms that `go` takes on its command line
/// (`v1`, `v1.2`), and without build metadata but `+incompatible`, which marks a version from v2 on
/// of a module that has no go.mod.
///
/// ## Order
///
/// Major, minor and patch as numbers, of any length; then a pre-release before its release; then
/// identifier by identifier: numbers as numbers, before words, words as ASCII; where all are equal,
/// the longer pre-release is higher. {@link dev.modgate.gomod.semver.Version} has the rest:
///
/// ```
/// v1.0.0-1 < v1.0.0-2 < v1.0.0-10 < v1.0.0-alpha < v1.0.0-alpha.1 < v1.0.0-rc.1 < v1.0.0 < v1.0.1
/// ```
///
/// ## Pseudo-versions
///
/// A commit without a tag is named by its time (UTC) and the first 12 digits of its hash, so that
/// it sorts behind the tag before it and ahead of the next one:
///
/// ```
/// v1.4.1-0.20240611093510-3d8f0a1b2c4d      the first version after v1.4.0
/// ```
///
/// {@link dev.modgate.gomod.semver.PseudoVersion} has the three forms. A pseudo-version is a
/// pre-release too, and never stands in a list of versions.
///
/// Sources: https://go.dev/ref/mod#versions, https://go.dev/ref/mod#pseudo-versions,
/// https://semver.org/spec/v2.0.0.html, `golang.org/x/mod/semver`
@NullMarked
package dev.modgate.gomod.semver;

import org.jspecify.annotations.NullMarked;
