package dev.modgate.pipeline.event;

import java.time.Instant;

/// Where bytes came from.
///
/// @param upstream the entry of the GOPROXY list, without credentials
/// @param at when the last byte came
public record Fetch(String upstream, Instant at) {}
