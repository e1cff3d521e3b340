/// Feeds every parser of foreign bytes with what random changes make of the tests' data files.
///
/// Each run is the same: the seeds of the random numbers are fixed. `-Dfuzz.seconds=120` makes it
/// go on for so long, for each parser, from seeds of its own.
///
/// What an input must never do: throw anything but what the parser declares, give two results on
/// two runs, take more memory or time than its size allows, or put a control character into a
/// sentence. An input that does is written to `target/fuzz`; put right what it shows, and keep it
/// below `src/test/resources/fuzz/PARSER`, where each run tries it first.
@NullMarked
package dev.modgate.gomod.fuzz;

import org.jspecify.annotations.NullMarked;
