/// Feeds every parser of foreign bytes with what random changes make of the tests' data files.
///
/// Each run is the same: the seed of the random numbers is fixed. `-Dfuzz.seconds=120` makes it go
/// on for so long, for each parser, from a seed of its own, which it prints, and which
/// `-Dfuzz.seed` gives back.
///
/// An input must never make a parser throw anything but what it declares, give two results on two
/// runs, take more memory or time than its size allows, or put a control character into a sentence.
/// What is accepted must also
///
/// | of | be |
/// |---|---|
/// | all that can be written | the same when it is written and read again |
/// | paths, tiles, keys, versions | the only text that reads so |
/// | a zip | read by the JDK from both ends, and hashed to the same h1 |
/// | a main module's go.mod | accepted as a dependency's, and say the same |
/// | two versions | in one order from both sides; a pseudo-version behind its base |
/// | a note, tile, proof | what was signed, and nothing else |
///
/// An input that does otherwise is written to `target/fuzz`; put right what it shows, and keep it
/// below `src/test/resources/fuzz/PARSER`, where each run tries it first.
@NullMarked
package dev.modgate.gomod.fuzz;

import org.jspecify.annotations.NullMarked;
