/// The scrub: a slow walk over the zone store that never ends, and holds everything that lies there
/// against the evidence that a pinned verifier has signed.
///
/// Keys are walked in their order. How far it is lies in the store itself
/// ([dev.modgate.pipeline.zone.ScrubState]), so that the next process goes on there, and so that of
/// several publishers one does.
///
/// | at | is looked at | and mended by |
/// |---|---|---|
/// | evidence | signature; SHA-256 of `.zip`, `.mod`, `.info` against what was signed (for another packing: its h1); the pin; the line in `list`; `@latest`; the lookup of the checksum database inside | taking wrong bytes away, and publishing the version again from its evidence |
/// | a module's file | whether there is evidence of it | setting it aside, and fetching it again where it was pinned |
/// | `list`, `@latest` | whether what they name is inside | taking the line away; publishing again |
/// | a refusal note | whether it can be read | setting it aside |
/// | what is none of ours | | nothing: it is only told |
///
/// Right bytes for a repair come from the blob store, or from [Supplies]. Where they are nowhere,
/// the watcher is told by a `module-deferred` of the reason `damaged`, which has the version
/// fetched and verified in full. Bytes that are taken away are kept below `_modgate/aside/`.
///
/// A file without evidence that is younger than an hour may be a publication under way, and is left
/// for the next pass.
@NullMarked
package dev.modgate.publisher.scrub;

import org.jspecify.annotations.NullMarked;
