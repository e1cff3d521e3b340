package dev.modgate.gomod.modfile;

/// A `godebug key=value` directive.
///
/// @param line number, from 1
public record Godebug(String key, String value, int line) {}
