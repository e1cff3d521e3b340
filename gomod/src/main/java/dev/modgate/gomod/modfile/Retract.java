package dev.modgate.gomod.modfile;

/// A `retract` directive: versions low to high, both included, should not be used.
///
/// @param low equal to `high` where a single version is retracted
/// @param rationale the comment above or beside it, lines joined by `\n`; empty where there is none
/// @param line number, from 1
public record Retract(String low, String high, String rationale, int line) {}
