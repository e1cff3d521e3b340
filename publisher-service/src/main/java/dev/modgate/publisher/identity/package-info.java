/// Which zone store is published to, so that a disk that is not mounted is no new zone, and another
/// zone's store is not taken for this one.
///
/// A zone store has an identity of its own (`_modgate/zone.json`, a
/// [dev.modgate.pipeline.zone.ZoneIdentity]), and the publisher remembers which one it publishes to
/// outside of it, in `trust/zone.json` of the blob store, the same bytes. Publishers that share a
/// blob store so agree on one.
///
/// | remembered | lies there | |
/// |---|---|---|
/// | nothing | anything | it is given an identity where it has none, and remembered; an empty one is the beginning |
/// | one | the same | it is used |
/// | one | no folder, an empty one, another identity, or none | nothing is read or written: everything that needs the store waits, and goes on by itself |
///
/// A replica has the identity of its zone. An empty one, or one without, is given it; one of
/// another zone is neither read nor written.
@NullMarked
package dev.modgate.publisher.identity;

import org.jspecify.annotations.NullMarked;
