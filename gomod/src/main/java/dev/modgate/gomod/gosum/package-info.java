/// Reads `go.sum`: which bytes of a module version a project has seen before.
///
/// One line a file, three fields apart by white space:
///
/// ```
/// github.com/BurntSushi/toml v1.4.0 h1:kuoIxZQy2WRRk1pttg9asf+WVv6tWQuBNVmK8+nqPr0=
/// github.com/BurntSushi/toml v1.4.0/go.mod h1:ukJfTF/6rtPPRCnwkur4qwRxa8vTRFBF0uk2lLoLwho=
/// ```
///
/// The first form is the hash of the module's zip, the second that of its go.mod; both are made as
/// {@link dev.modgate.gomod.dirhash} says. Most versions of a real file have the second line alone:
/// the module graph needs their go.mod, the build not their zip.
///
/// Blank lines are skipped. Lines are not ordered by rule; the same line may stand there twice. A
/// line is at most 1,024 bytes long, a file 32 MiB. An error names each broken line, up to 20:
/// `go.sum:2: example.com/m@v1.0.0 has hash h1:… but line 1 says h1:…`.
///
/// What `go` does differently, on purpose here: it accepts several hashes for one file and hash
/// kinds that it does not know; both are errors here, because a claim that cannot be compared
/// protects nothing.
///
/// Source: https://go.dev/ref/mod#go-sum-files, `cmd/go/internal/modfetch.readGoSum`
@NullMarked
package dev.modgate.gomod.gosum;

import org.jspecify.annotations.NullMarked;
