package dev.modgate.gomod.modfile;

/// An `exclude` directive. Only the main module's count.
///
/// @param line number, from 1
public record Exclude(String path, String version, int line) {}
