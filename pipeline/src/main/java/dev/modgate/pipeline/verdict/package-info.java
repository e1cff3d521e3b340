/// What a verifier signs, so that who can merely write to a topic publishes nothing.
///
/// A verdict is a signed note ({@link dev.modgate.gomod.note}) in the `verdict` field of the
/// evidence it belongs to. It goes with that evidence into the zone store and can be checked there
/// with the verifier's public key alone. Its text has one fact a line, always in this order:
///
/// ```
/// modgate verdict v1
/// module example.com/m@v1.2.3
/// want zip
/// info sha256:<64 hex digits> 51
/// mod sha256:<64 hex digits> 21
/// zip sha256:<64 hex digits> 310
/// hash go.mod h1:<base64>
/// hash zip h1:<base64>
/// rules 0
/// proof sumdb sum.golang.org record 942 tree 51929436 root <base64>
/// evidence sha256:<64 hex digits>
/// verified 2026-11-01T10:20:30.123456Z
/// ```
///
/// A number behind a SHA-256 is the size in bytes. The lines `zip` and `hash zip` are absent for a
/// want of `mod`. Where no checksum database spoke the proof is `proof claims`. `evidence` is over
/// the JSON of the evidence ({@link dev.modgate.pipeline.event.EventJson#mapper}) without its
/// verdict, so that nothing in it can be changed: neither who asked nor what the database proved.
///
/// A text has one form: what would be written otherwise is refused.
@NullMarked
package dev.modgate.pipeline.verdict;

import org.jspecify.annotations.NullMarked;
