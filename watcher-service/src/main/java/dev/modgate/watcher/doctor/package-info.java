/// Looks at everything that this watcher can see, and says of each whether it is as it should be
/// and what to do where it is not.
///
/// | finding | a problem where |
/// |---|---|
/// | `database` | it does not answer, or its clock is 10 s off |
/// | `kafka`, `topic …` | the broker does not answer; a topic is missing, is cleaned up in another way, keeps records for less than a day, or takes no record of 256 KiB |
/// | `stage …` | no instance of it said anything for a minute |
/// | `fetcher HOST` … | the instance pauses or failed, its clock is 10 s off, something it depends on is down, or a store has little room |
/// | `dead letters` | one waits for somebody |
/// | `scrub` | its pass under way, or its last, found something wrong inside that it could not mend |
/// | `results` | the watcher can't take what the stages answer |
/// | `requests` | one waits for an answer for more than an hour, and nothing pauses |
///
/// Nothing is changed, and nothing is kept: each look is new.
@NullMarked
package dev.modgate.watcher.doctor;

import org.jspecify.annotations.NullMarked;
