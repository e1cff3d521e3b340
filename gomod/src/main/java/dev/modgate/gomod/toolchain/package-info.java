/// Go toolchains, which travel as versions of one module.
///
/// `go` that is to run as another release (`GOTOOLCHAIN=go1.25.4`, or what a go.mod asks for)
/// downloads it as a module zip, for its own platform, and runs `bin/go` in it:
///
/// ```
/// golang.org/toolchain@v0.0.1-go1.25.4.linux-amd64
///                      ------ -------- -----------
///                   packaging   name   GOOS-GOARCH
/// ```
///
/// ## Names ({@link dev.modgate.gomod.toolchain.ToolchainName})
///
/// ```
/// name = "go1" [ "." minor [ "." patch | kind number ] ]      go1.25.4 go1.26rc1 go1.20
/// ```
///
/// Numbers have no leading zeros, a kind is of a-z. From 1.21 on, what has a minor number alone
/// (`1.25`) is a version of the language and no toolchain: the first of that is `go1.25.0`. A
/// suffix (`go1.25.4-corp`) names somebody's own build, which is in no public database.
///
/// ```
/// 1.25 < 1.25rc1 < 1.25rc2 < 1.25.0 < 1.25.1
/// ```
///
/// ## What a go.mod asks for
///
/// The newer of its `toolchain` line and its `go` line, `go 1.25` meaning `go1.25.0`; nothing where
/// that is older than 1.21, because no such `go` knows how to fetch another, or where the toolchain
/// line says `default`. `go` fetches only what is newer than itself.
///
/// ## What `go` asks a module proxy
///
/// To run one: its `.zip`, and of the checksum database its lookup and tiles, which no setting
/// turns off: `GONOSUMDB` and `GOPRIVATE` don't count, and with `GOSUMDB=off` it refuses, because a
/// toolchain stands in no go.sum. To find one (`go get toolchain@go1.25.4`, `go get go@1.25`): the
/// `list` of the module, and the `.info` of the version for `linux-amd64`, whatever its platform.
/// To it these versions are pre-releases of v0.0.1, and none is a pseudo-version.
///
/// A go.mod within a toolchain is named `_go.mod`; `go` copies it to where it belongs.
///
/// Sources: https://go.dev/doc/toolchain, `cmd/go/internal/toolchain`, `cmd/go/internal/gover`,
/// `cmd/go/internal/modfetch.useSumDB`
@NullMarked
package dev.modgate.gomod.toolchain;

import org.jspecify.annotations.NullMarked;
