package dev.modgate.pipeline.event;

import dev.modgate.gomod.module.ModuleVersion;
import java.time.Instant;

/// A module version is inside, and visible.
///
/// @param evidence of what is inside, which may be older than this request
/// @param at when it was published
public record ModulePublished(
    RequestId request, ModuleVersion module, Want want, Evidence evidence, Instant at)
    implements ModuleEvent {}
