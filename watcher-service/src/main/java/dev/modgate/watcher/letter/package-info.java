/// Dead letters: the index of what could not be read, or broke the code of a stage, and the way
/// back.
///
/// [LetterListener] reads all `.dlt` topics (their form: `DeadLetter` of the pipeline) and keeps
/// one row for each letter. A letter is one of three:
///
/// | state | meaning |
/// |---|---|
/// | `letter` | waits for somebody |
/// | `retried` | its record was sent again; whether it works now, its module version says |
/// | `discarded` | nobody wants it; who decided so, and when, stays |
///
/// Letters whose causes differ in numbers, quoted text and module versions alone are one group
/// ([CauseForm]).
///
/// A retry sends the record to the topic that it came from, with the same key and value and the
/// letter's id in the header `modgate-retry-of`, so that it goes the normal way, which is
/// idempotent. The record is read again from where it lay; where its topic has forgotten it, the
/// letter's own bytes are sent if they are all of it; where they are not, the watcher asks anew for
/// the module version that they name. What can be done by none of these stays a letter, with a
/// sentence. A record that dies again is a new letter that names the earlier one: nothing is
/// retried by itself.
@NullMarked
package dev.modgate.watcher.letter;

import org.jspecify.annotations.NullMarked;
