package dev.modgate.pipeline.event;

import dev.modgate.gomod.module.ModuleVersion;

/// The bytes of a module version are what its claims say, and may go inside.
public record ModuleVerified(RequestId request, ModuleVersion module, Want want, Evidence evidence)
    implements ModuleEvent {}
