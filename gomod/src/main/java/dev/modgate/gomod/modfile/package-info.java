/// Reads `go.mod` and `go.work`.
///
/// A go.mod is UTF-8 text of lines. A comment begins at `//` and ends with its line; there is no
/// other kind. A token is a run of printing characters without space, quotes at its beginning, or
/// any of `( ) [ ] { } ,`, which are tokens of their own; or a string in `"` (with Go's escapes) or
/// in back quotes, on one line.
///
/// ```
/// file      = { line | block | comment | empty line }
/// line      = directive { token } newline
/// block     = directive "(" newline { { token } newline } ")" newline
///
/// module    path                             go         1.26.0
/// toolchain go1.26.1                         godebug    key=value
/// require   path version [// indirect]       exclude    path version
/// replace   path [version] => path version   replace    path [version] => folder
/// retract   version                          retract    "[" version "," version "]"
/// tool      package                          ignore     folder
/// use       folder                           (go.work alone)
/// ```
///
/// A go.work has `go`, `toolchain`, `use`, `replace` and `godebug`; a go.mod has all but `use`.
///
/// All but `go` and `toolchain` may stand in a block. A comment above `module` with a paragraph
/// `Deprecated: text` deprecates the module; a comment above or beside `retract` gives the reason.
///
/// The main module's file and a go.work are read strictly. A dependency's file is read leniently,
/// as `go` does: of it only `module`, `go`, `require`, `retract` and `ignore` count, and everything
/// else is skipped, so that an older `go` can read what a newer one wrote.
///
/// ## Example
///
/// ```
/// module example.com/hello
///
/// go 1.26.0
///
/// require (
///     rsc.io/quote v1.5.2
///     golang.org/x/text v0.14.0 // indirect
/// )
///
/// replace rsc.io/quote => ../quote
/// ```
///
/// has two requirements, on lines 6 and 7, the second one indirect, and a replacement by a folder,
/// for which nothing is downloaded. `require rsc.io/quote` without a version is `go.mod:6: require
/// should read "require module/path v1.2.3"`. The report has every wrong line, up to 20; a line
/// that is no syntax at all ends it.
///
/// ## Limits
///
/// | what | at most | whose |
/// |---|---|---|
/// | a dependency's file | 16 MiB | Go's |
/// | a main module's file, a go.work | 1 MiB | ours |
/// | directives that count, in one file | 100,000 | ours: they are held in memory |
/// | a word of a directive that counts | 4 KiB | ours |
///
/// Of the comments above a directive the first 16 KiB are read. What does not count is not held,
/// however much of it there is; of a dependency's file one may ask for the module path alone, and
/// then nothing else is held either.
///
/// One difference: versions are kept as written. In the main module `go` would resolve `master` or
/// `v1.2` over the network; here {@link dev.modgate.gomod.modfile.Require#moduleVersion} is empty
/// for these.
///
/// Source: https://go.dev/ref/mod#go-mod-file, https://go.dev/ref/mod#go-work-file,
/// `golang.org/x/mod/modfile`
@NullMarked
package dev.modgate.gomod.modfile;

import org.jspecify.annotations.NullMarked;
