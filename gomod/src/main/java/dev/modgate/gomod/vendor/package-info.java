/// Reads `vendor/modules.txt`, which `go mod vendor` writes beside the packages that it copies.
///
/// A build from the vendor folder needs no module; `go mod vendor` and `go mod tidy` do.
///
/// ```
/// # path version                         begins a module
/// # path version => path version         begins a replaced one
/// # path version => folder               one that is not downloaded
/// ## explicit; go 1.25                   says nothing about versions
/// example.com/m/package                  neither
/// ```
///
/// Source: `cmd/go/internal/modload/vendor.go`
@NullMarked
package dev.modgate.gomod.vendor;

import org.jspecify.annotations.NullMarked;
