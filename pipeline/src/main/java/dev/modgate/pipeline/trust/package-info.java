/// What must never be forgotten of a checksum database: `trust/<database>/` of the blob store. The
/// verifier writes it. The publisher reads its tiles, and writes there the newest epoch inside, to
/// which the verifier then keeps joining tiles, and an alarm where it finds two histories.
@NullMarked
package dev.modgate.pipeline.trust;

import org.jspecify.annotations.NullMarked;
