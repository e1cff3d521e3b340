/// What must never be forgotten of a checksum database: `trust/<database>/` of the blob store. The
/// verifier writes it; the publisher reads its tiles.
@NullMarked
package dev.modgate.pipeline.trust;

import org.jspecify.annotations.NullMarked;
