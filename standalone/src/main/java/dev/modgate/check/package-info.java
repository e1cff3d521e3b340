/// Says whether what a project needs is inside, with nothing but the gateway: for CI within the
/// closed zone, where neither API nor console can be reached.
///
/// What is asked of the gateway, for each module version:
///
/// ```
/// go.sum line         path version h1:…           HEAD .zip .mod .info
/// go.sum line         path version/go.mod h1:…    GET .mod, whose h1 must be the line's; HEAD .info
/// vendor/modules.txt  # path version              HEAD .zip .mod .info
/// graph               what the walk reads         GET .mod; HEAD .info
/// graph               the build list              HEAD .zip .mod .info
/// toolchain           golang.org/toolchain@…      HEAD .zip .mod .info
/// ```
///
/// The zip's own hash is left to `go`, which checks it against go.sum when it downloads.
///
/// 200 is inside, 404 and 410 are absent, 403 is refused, each with the gateway's sentence. Any
/// other answer, three times in a row, and no answer at all say nothing about the module: the check
/// ends there. Redirects are not followed.
@NullMarked
package dev.modgate.check;

import org.jspecify.annotations.NullMarked;
