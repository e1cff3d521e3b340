package dev.modgate.gomod.modfile;

import java.util.List;

/// One directive with its arguments, taken out of its block.
///
/// @param line number, from 1
/// @param verb such as `require`
/// @param arguments tokens as written, quotes included
/// @param comment the text of the comments above and beside it, or else of those above its block
/// @param suffix the text of the comment beside it
/// @param inBlock whether it stood in a block
record Statement(
    int line,
    String verb,
    List<String> arguments,
    String comment,
    String suffix,
    boolean inBlock) {}
