/// Groups: sources that are all repositories of a GitLab group with its subgroups, or of a GitHub
/// or Gitea organisation.
///
/// | state | what it means | what comes next |
/// |---|---|---|
/// | `new` | nobody has seen the whole list yet | up to some repositories are imported at once, more are `sized` |
/// | `sized` | it is known how many there are, and nothing of them is read | a person confirms the import |
/// | `imported` | its repositories are read | new ones join by themselves, those that vanish leave |
///
/// The host's answers are taken for names only, which are looked at character by character; where a
/// repository is read follows from what is declared. A list that broke off or is not believable
/// takes nothing away: what it names joins, what it does not name stays.
@NullMarked
package dev.modgate.watcher.group;

import org.jspecify.annotations.NullMarked;
