/// How the watcher gets at its database, and what it does while that is away.
///
/// Whoever wants a connection meanwhile is refused at once, with the reason ([AwayException]); one
/// at a time tries whether the database is back ([PausingDataSource]). At the start the watcher
/// waits for a database that can't be reached yet ([DatabaseAtStart]).
///
/// H2 does not survive a write that fails: its threads spin for ever after it. So below H2 a write
/// that finds no room waits until there is some ([PatientFiles]), and new work is refused before it
/// comes so far, while less than 4 MiB are free.
@NullMarked
package dev.modgate.watcher.database;

import org.jspecify.annotations.NullMarked;
