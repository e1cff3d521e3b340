package dev.modgate.gomod.modfile;

/// A `use` directive of a go.work.
///
/// @param folder of a main module, as written, without quotes; relative to that of the go.work
/// @param line number, from 1
public record Use(String folder, int line) {}
