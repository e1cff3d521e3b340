/// Decompresses the entries of zips twice as fast as the JDK does, where no two decompressors can
/// read them in different ways; {@link dev.modgate.verifier.inflate.Blocks} says how. Whatever else
/// is in an entry, the JDK decides about it, as it decides where there is no libdeflate.
///
/// | block | read by |
/// |---|---|
/// | with codes of its own, all of them complete, of symbols that RFC 1951 knows | libdeflate |
/// | stored; with fixed codes and without contents, as many a stream ends | this package |
/// | any other, so that all of its entry is | the JDK |
///
/// Streams of zips are not one block but many, and end in an empty one that has no contents.
///
/// Source: RFC 1951, https://github.com/ebiggers/libdeflate
@NullMarked
package dev.modgate.verifier.inflate;

import org.jspecify.annotations.NullMarked;
