/// The key with which verifiers sign, and the keys that a publisher pins, in the form of Go's
/// `golang.org/x/mod/sumdb/note`: one line, of which the secret one lies in a file that only its
/// owner can read, and the public one beside it in `<file>.pub`.
@NullMarked
package dev.modgate.start.key;

import org.jspecify.annotations.NullMarked;
