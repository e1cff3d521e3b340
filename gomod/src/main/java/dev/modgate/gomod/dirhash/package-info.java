/// The `h1:` hash of a module zip and of a go.mod: what a go.sum line and the checksum database
/// assert.
///
/// For each file one line: the SHA-256 of its contents in lower-case hexadecimal, two spaces, its
/// name, a line feed. The lines are sorted by name, byte by byte of its UTF-8 (not by UTF-16 units,
/// as Java's strings sort). `h1:` and the base64 of the SHA-256 of all lines together is the hash.
///
/// ```
/// h1  = "h1:" base64( sha256( { hex(sha256(contents)) "  " name "\n" } ) )
/// ```
///
/// In a zip the name is the whole name of the entry, `module@version/` included. A go.mod alone is
/// hashed as a tree whose only file is named `go.mod`:
///
/// ```
/// $ printf 'module example.com/m\n' >go.mod
/// $ sha256sum go.mod
/// 535ed2ade678415f99d527a5f1eefafeb70243486ec430dbd3578048cc1bacac  go.mod
/// $ sha256sum go.mod | openssl dgst -sha256 -binary | base64
/// flS2VctbRrTv+sBE+VKgxx6hlkMGPVz9MGOmzMYFg3k=
/// ```
///
/// A name with a line feed is an error, because two trees could share a hash. Compression, order in
/// the zip and file modes do not count: an equal h1 does not mean equal bytes of the zip.
///
/// Source: https://go.dev/ref/mod#go-sum-files, `golang.org/x/mod/sumdb/dirhash.Hash1`
@NullMarked
package dev.modgate.gomod.dirhash;

import org.jspecify.annotations.NullMarked;
