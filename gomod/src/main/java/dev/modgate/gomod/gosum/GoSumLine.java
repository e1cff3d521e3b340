package dev.modgate.gomod.gosum;

import dev.modgate.gomod.dirhash.H1;
import dev.modgate.gomod.module.ModuleVersion;

/// One line of a go.sum.
///
/// @param number of the line in its file, from 1
/// @param goMod whether the hash is that of the go.mod; else it is that of the zip
public record GoSumLine(int number, ModuleVersion module, boolean goMod, H1 hash) {}
